<TS version="2.1" language="fil" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>Mag-ulat ng problema</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>Babasahin ito ng operator ng platform. Hindi malalaman ng nagpapagawa kung sino ang nag-ulat.</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>Ipadala ang ulat</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Isara</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Kanselahin</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>Ano ang mali?</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>Ano ang nangyari, sa isa o dalawang pangungusap</translation>
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
            <translation>Ano ang susunod</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>Sino ang kikilos</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>Itama na lang</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>Itama</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Dalhin sa kontrata…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Hayaan na</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>Ano ang nangyari sa sagot mo</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Bumalik sa outbox</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>Ano ang susunod</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>Naisulat na</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Naipadala na</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>Hinahatulan ulit</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>Nahatulan ulit</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>Panalo</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Talo</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>Hindi tinanggap</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>Napagpasyahan na</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>Apela</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>Ano ang ibig sabihin ng apela</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>Sino ang magpapasya</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>Puwede kang umapela hanggang</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>Mapapasyahan nang hindi lalampas sa</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>Bond na ilalagay mo (%1 GEM ang libre)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>Bond na ilalagay mo</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>Kung matalo ka, ang mawawala sa iyo</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>Kung manalo ka, ang makukuha mo</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>Bakit tama ang sagot mo</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>Ano ang tama rito, sa isa o dalawang pangungusap</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>Pinipirmahan ito kasama ng apela at aalis sa susunod na koneksyon. %1 sa %2 karakter.</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>Umapela at isuko ang ikalawang subok</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>Pirmahan ang apela</translation>
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
            <translation>Mga abiso</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>Mga abiso, bago: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>I-undo</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>I-redo</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Mga tagubilin</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Mga key</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>I-undo ang huli</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Tama na muna</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>I-save ulit</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>Ibigay ang sagot na ito</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Laktawan</translation>
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
            <translation>Ipakita ang buong larawan</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Alisin ang napili</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>May mga campaign na humihingi ng taya. Hayaang manatili rito ang bahagi ng bayad mo hanggang umabot ang bond sa halagang ito; wala kang kailangang bilhin kailanman.</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>Walang gastos, at magsisimula sa susunod mong bayad. Walang gagalaw sa hawak mo na, at puwede mo pang ilabas ang libre sa bond.</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>Itabi sa bond</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>Sa 0, walang itatabi; bukas pa rin sa iyo ang mga campaign na walang taya.</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>Itabi sa bond, sa GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Itabi</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>Libre sa bond ngayon</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>Ilipat para magastos…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>Ilipat palabas ng bond mo?</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>Handa na itong i-claim agad. Pareho kayong pipirma ng platform; walang mangyayari sa chain, at wala itong gastos.</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>Paunti-unti ang lipat, tig-isang bayad ng gawain, 1 GEM ang pinakamalaki. Kung hindi sumagot ang platform, isang hakbang lang ang puwedeng mawala sa iyo.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Ilipat</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Halaga</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>Libre sa bond: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>Halagang ililipat palabas ng bond, sa GEM</translation>
        </message>
    </context>
    <context>
        <name>CampaignFilter</name>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>Kind of task</source>
            <translation>Uri ng gawain</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>Wika ng mga gawain</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Ida-download para sa isang gawain</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>Hindi bababa sa ganito karaming GEM bawat oras</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>GEM bawat oras o higit pa</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>Walang taya</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>Sapat ang bond ko</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>Walang praktis</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>Mga sinusubaybayan lang</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>Mga sinusubaybayan muna</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Ipakita lahat</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Tapos na</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>Hanapin sa mga campaign (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Ayusin ayon sa</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>Pinakamataas ang bayad</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Gantimpala</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>Pinakamaikli</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>Pinakamababang taya</translation>
        </message>
        <message>
            <source>Filter: %1</source>
            <translation>Filter: %1</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>Rows or cards</source>
            <translation>Mga hanay o card</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Mga hanay</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>Mga card</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>Mga campaign</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>Huwag na akong sabihan sa bagong trabaho</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Sabihan ako sa bagong trabaho</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>I-block ang nagpapagawang ito</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Itago ang campaign na ito</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Mag-ulat ng problema</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>Isara ang campaign na ito</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>Nagpapagawa: %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Ulat sa nagpapagawa</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>Puwede mong iwan ang ganitong gawain kahit kailan, nang walang bayad.</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>Magkano ang bayad</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>Ano ang itinataya mo</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>Paano sinusuri ang mga sagot</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>Oras at data</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Ang nagpapagawa</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>Magpraktis ulit</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Tungkol dito</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Mga tagubilin</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>I-block ang nagpapagawang ito</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Itago ang campaign na ito</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>Sulatan ang nagpapagawa</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Mag-ulat ng problema</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>Gawin ang mga halimbawa</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>Bilang ng gawaing kukunin</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>Kumuha ng %n gawain</numerusform>
                <numerusform>Kumuha ng %n gawain</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>%1 GEM bawat gawain</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>Binabantayan</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Praktis</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>Babala sa nilalaman</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/h</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>taya %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>walang taya</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Higit pa para sa %1</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>May nagkaproblema sa application na ito</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>Kusang nagsara ang Gems noong huli</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>Ulat para sa taong tumutulong sa iyo</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>Nakatago at hindi nagalaw ang mga sagot at pera mo. Puwede kang magpatuloy sa trabaho.</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>Mga bersyon at lugar lang sa programa namin ang laman ng ulat: walang sagot, walang tirahan, walang pangalan, walang halaga. Hindi ito ipinapadala kahit kanino; kapag na-save bilang file, maibibigay mo ito sa pinagkakatiwalaan mo.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Isara</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>I-save ang ulat</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>Itago ang laman</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>Ipakita ang laman</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>Ang ulat</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>Ginagawa…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>Walang network</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>Bibiyahe ang gawa mo sa USB stick. Hindi ito mababasa o mababago ng nagdadala.</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Bumalik sa outbox</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Saan</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Folder</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Tingnan ulit</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>Ang gawa mo</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>Mga file na wala pang tugon: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>Hindi na mababawi ang nasa file. Kung mauna ang network, ipapadala ito gaya ng dati; walang mabibilang nang dalawang beses.</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>Sumulat ng file</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>Sa folder na ito</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>Walang carry file at walang tugon sa folder na ito.</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>Kapag may koneksyon, maipapadala mo ang file ng iba: isusulat ang tugon sa tabi nito.</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>Basahin ang tugon</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>Ipadala ang file na ito</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>Dalhin sa kontrata</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Bumalik sa outbox</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>Babayaran ka nang hanggang</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>Dalhin bago ang</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>Naghihintay ang kontrata ng mga pagtutol</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>Na-save bilang file</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>Paano ito ginagawa</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. Magse-save ka ng file ng mga pinirmahan tungkol sa gawaing ito. Wala roon ang sagot mo, ang fingerprint lang nito, at wala ring lihim mo.</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. Kahit sinong may kaunting gas coin ay makakapagdala nito sa kontrata: ang may hawak ng bantay, isang kaibigan, o ikaw. Ang file lang ang kailangan nila, at wala silang mababago rito.</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. Maghihintay ang kontrata ng mga pagtutol, pagkatapos ay kahit sino puwedeng magpabayad dito. Sa wallet mo pupunta ang pera, sinuman ang magdala ng kaso.</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>Walang gastos ang pag-save; ang magdadala nito ang magbabayad ng gas coin. Kung iba ang pasya ng kontrata, walang ibabayad ito, at wala nang ibang kukunin sa iyo.</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>Sa chain, makikita ng lahat ang address ng wallet mo, ang numero ng gawain, ang bayad nito, at ang naging hatol. Kung babayaran ka rin pala ng platform, pipirmahan ng Gems na nagbayad ito, at walang babayaran nang dalawang beses ang kontrata.</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>I-save ang kaso</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>I-save ulit</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>Tingnan ulit ang chain</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>Bilang larawan</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>Bilang table</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>I-claim papunta sa wallet mo?</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>Pipirma ka ng claim na ang relayer lang na ito ang makakagamit, at hanggang sa bayad na ito lang.</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>Pumirma at i-claim</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Mula sa channel mo</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Bayad sa relayer</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Matatanggap mo</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Relayer</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>Magagamit hanggang</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>Karaniwang ilang minuto ito. Kung hindi pa nagawa hanggang doon, mananatili sa channel mo ang bayad at puwede kang mag-claim ulit.</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>Bayad %1 GEM · transaksyon %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>Bayad %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>Magpatuloy</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Kanselahin</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>Gems: nagtatanong ang wallet mo</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>Humindi ka kung hindi ikaw ang humiling nito. Kung walang sagot, kusang magsasara ang window na ito, at walang pipirmahan o babaguhin.</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>Hindi, walang gagawin</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>Mag-scroll hanggang dulo para makapayag.</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>%n araw na lang</numerusform>
                <numerusform>%n araw na lang</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>%n oras na lang</numerusform>
                <numerusform>%n oras na lang</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>%n minuto na lang</numerusform>
                <numerusform>%n minuto na lang</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>%n segundo na lang</numerusform>
                <numerusform>%n segundo na lang</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>Tapos na ang oras</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>Hanggang matapos ang pagsasara:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>Para sa claim na paparating:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>Bawat galaw ng pera</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Lahat</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Bayad</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>Mga taya</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>Mga claim at naipadala</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>Aling mga galaw ang ipinapakita at ine-export</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Ngayong linggo</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Ngayong buwan</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Lahat</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>Ang panahon ng mga galaw na ipinapakita at ine-export</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>I-export ang CSV</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>Pindutin ang isang linya para makita kung bakit ganito ang halaga.</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>Wala pang gumagalaw. Ililista rito ang mga bayad, taya at claim habang nangyayari.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Kailan</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Ano</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaign</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>Bulsa</translation>
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
            <translation>Tumanggap ng GEM</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>Puwedeng makita ng kahit sino ang address na ito at padalhan ng GEM. Walang makakakuha ng anuman gamit ito.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Isara</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>Ang address mo bilang QR code</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>Kopyahin nang isang minuto</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>Kita</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>Ang nasuri lang ng computer na ito ang binibilang.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Subukan ulit</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>Dadalhin ito ng relayer sa wallet mo para sa maliit na bayad sa GEM. Hindi mo kailangan ng gas coin; ipapakita muna ang bayad.</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>Walang mai-claim ngayon. Ang gawang tinanggap ay binabayaran sa channel mo at lilitaw rito.</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>Kine-claim</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>I-claim sa wallet ko</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>Tumanggap</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Magpadala</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Kinita ngayong araw</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>Pitong araw</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>Kabuuan</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>Mga claim</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Naipadala na</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Kinita bawat araw</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Araw</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Lilitaw rito ang unang bayad mo, araw-araw.</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>Bond, mga kopya ng voucher, kusang claim…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>Magpadala ng GEM</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>Ipadala ito?</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>May relayer na maghahatid nito para sa maliit na bayad sa GEM. Hindi na mababawi ang naipadala.</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>Ihambing ang buong address, grupo por grupo. Hindi na mababawi ang naipadala.</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>Pumirma at ipadala</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Mula sa</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Wallet</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Channel</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>Address book</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Pumili…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Papunta sa</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>Hindi pa ito buo at tamang address.</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>Address na padadalhan</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Halaga</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>Nasa wallet mo: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>Halaga sa GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>Lahat ng puwedeng i-claim ay diretso roon: %1 GEM.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Magpatuloy</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>Nasa address book mo</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Mula sa channel mo</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>Mula sa wallet mo</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Bayad sa relayer</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>Darating</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>Magagawa hanggang</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>Karaniwang ilang minuto ito. Kung hindi pa nagawa hanggang doon, walang umalis.</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>Araw</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Nagpapagawa</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Uri</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>Bayad na gawain</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Bayad</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>Mga taya at bond</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Wallet</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>Mga galaw</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>Mga kabuuan</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>Kabuuan ayon sa</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>Ayon sa araw</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>Ayon sa nagpapagawa</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>Ayon sa uri</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>Kabuuan ng</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Ngayong linggo</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Ngayong buwan</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Lahat</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>Walang gumalaw sa panahong ito. Pumili ng mas mahaba sa itaas.</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>Ayon sa UTC ang mga araw. Ang dumarating sa wallet ay dating bayad o bond, kaya hindi na ito binibilang na kita ulit.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>Bayad bawat oras</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>Sa mga bayad na gawain</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>Kasama ang oras na walang bayad</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>Bayad bawat oras, ayon sa araw</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Araw</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Oras</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>Gumawa ng ilang gawain: kapag bayad na, makikita mo rito ang kita sa isang oras.</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>Ang oras na walang bayad ay paghahanap ng trabaho, pagbabasa, praktis, at gawang na-reject o hindi pa bayad. Binibilang ito sa computer na ito, habang ginagamit mo lang ang window, at dito lang nananatili.</translation>
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
            <translation>Nasaan ang GEM mo</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>Mas kaunti</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>Higit pa</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>Ang voucher ay pirma ng platform para sa lahat ng utang nito sa iyo. Dahil dito, babayaran ka ng chain kahit ayaw ng platform.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>Isara</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>Sa chain: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>Buksan ang gawain</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>Alisin ang mensaheng ito</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>Ano ang “%1”?</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>Higit pa sa Tulong</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>Nagtatanong…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>I-refresh</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Subukan ulit</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>Offline ka.</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>Ito ang mga campaign ayon sa huling nalaman. Magagawa kahit walang network ang mga gawaing nakuha mo na.</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>Makakakuha ng bagong gawain kapag may koneksyon na.</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>Wala pang campaign</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>Wala pang nakita ang computer na ito habang online. Kumonekta nang isang beses para makuha.</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>Nagdaragdag ng campaign ang mga nagpapagawa anumang oras. Tumingin ulit mamaya.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Tingnan ulit</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>Walang campaign na tugma sa filter mo</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>Walang campaign na may ganitong salita</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Ipakita lahat</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>Ang mga unang hakbang mo</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>Lahat ng pahina</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>Larawan: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>Nakaraang pahina: %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>Susunod na pahina: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>Nahanap</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Walang nahanap</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>Subukan ang isang maikling salita, gaya ng “bayad”, o tingnan ang lahat ng pahina.</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Lahat ng pahina</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>Tulong</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>Maghanap sa tulong (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Lahat ng pahina</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Isara</translation>
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
            <translation>Home</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Subukan ulit</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>Magsimula sa tatlong halimbawa</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>Handa nang ipadala ang mga sagot mo</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Kumuha ng mga unang gawain mo</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Wala pang gawain dito</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>Walang naghihintay sa iyo</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>Isang minuto lang, walang bayad at walang itataya.</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>Sa pagselyo, mapipirmahan ang mga ito; aalis ang mga ito kapag may koneksyon na.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>Kumuha ng batch ng gawain; kapag nandito na, magagawa mo ito kahit walang network.</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>Ibinalik para itama</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>Magpraktis</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Magpatuloy</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Kinita ngayong araw</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>%1 sa pitong araw</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>Pinatunayan ng channel</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>Naghihintay ipadala</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>Ang mga huling araw</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Kinita bawat araw</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Araw</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Lilitaw rito ang unang bayad mo, araw-araw.</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>Ang katayuan mo</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Puwede kang mag-review</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>Tingnan ang patunay</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>Tingnan sa outbox</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>Larawan</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Hindi maipakita ang larawang ito.</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>Mga key</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>Pindutin ang key na gusto mo para rito. Escape para iwan ito nang ganito.</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>Binabago ng Enter ang key ng opsyon, ibinabalik ng Delete ang dati nitong key.</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>Mga opsyon at ang key nila</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Tapos na</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>Ibalik lahat ng dating key</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>pindutin ang bagong key</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>key %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>walang key</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>Wika</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>Naglo-load…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Trabaho</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Review</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Outbox</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Kita</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Trust</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Tulong</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Subukan ulit</translation>
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
            <translation>Mga pahina</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>Network na pang-praktis</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>Mga abiso</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>Settings ng mga abiso</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Isara</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>Wala pang abiso</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>Dito sinasabi ang bagong trabaho, mga hatol, mga deadline at bayad.</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>Markahang nabasa na lahat</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>Bago</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>Ipakita</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>Lahat %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>Ipapadala %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>Naghihintay %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>Na-reject %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>Tinanggap %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>Hanapin ayon sa campaign (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>Hanapin ayon sa campaign</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>Sulatan ang nagpapagawa</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Mag-ulat ng problema</translation>
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
            <translation>Itama</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>Umapela…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>Ang apela mo</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Ano ang nangyari</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Dalhin sa kontrata…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Bawiin</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>Bagong mensahe</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Higit pa para sa %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>May marka sa gawain: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Hayaan na</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>Outbox</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>Walang network…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Nagpapadala…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>Ipadala na</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Subukan ulit</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>Ang mga pinakabago lang ang nakalista. Para sa mas luma, hanapin ang campaign nito.</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>Wala pang nagawa</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>Dito naghihintay ang mga tapos na gawain at review hanggang maipadala, at mananatili hanggang mabayaran.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>Walang laman</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>Walang gawain sa ganitong estado ngayon.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Ipakita lahat</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>nagawa</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>naselyuhan</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>naipadala</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>nahatulan</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>bayad na</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>Hindi pa tapos</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>Hakbang %1 sa 5: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>Ipakita ang tina-type</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>Itago ang tina-type</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>Na-reject</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Apela</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>Iba ang hahatol ulit</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Tinanggap</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>I-claim</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Bayad</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Matatanggap mo</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>Mga karatula sa kalye</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/h</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>walang taya</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>Kumuha ng gawain</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>Magpatuloy</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Kinita ngayong araw</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>Ipadala ngayong araw</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>Ang computer na ito</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>USB stick</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>Computer na may network</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>Mga karatula sa kalye</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Naghihintay ipadala</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Na-reject</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Bayad na</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>Mga na-reject na sagot</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Tagal bago magbayad</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>May pondo ngayon</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>Ang rating mo</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>Asul</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Tanggapin</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>I-reject</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>Hindi sumusunod sa tagubilin</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>Pagbabasa</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Trabaho at data</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Labindalawang salita sa papel</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>Ligtas na nakatago</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>Mga limitasyon ng wallet</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>Grado %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Puwede kang mag-review</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>Humanap ng bagong bersyon</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>I-download</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>Magsisimula sa susunod na bukas</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>Pirmado ng mga gumawa ng Gems</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>Wika</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>Bagong wallet</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Labindalawang salita sa papel</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>Huwag litratuhan, huwag i-message</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>Ano ang kulay ng kotse?</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Pula</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Asul</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Natitirang oras</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>Player</translation>
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
            <translation>I-pause (Space; Ctrl+Space habang nagta-type)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>I-play (Space; Ctrl+Space habang nagta-type)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>Isang larawan pabalik</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>Isang larawan pasulong</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Mas mabagal</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>Bilis %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Mas mabilis</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Volume</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Tunog</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Bahagi</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>I-play ang napiling bahagi (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>Paulit-ulit</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>Walang sound device: tahimik itong nagpe-play.</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>Praktis</translation>
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
            <translation>Susunod na halimbawa</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Mga key</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Ipakita ang buong larawan</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Alisin ang napili</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>Praktis · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Praktis</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>Laktawan ang praktis</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Bumalik sa campaign</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>Walang bayad at walang gastos ang praktis. %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Sinusuri…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>Ipasuri ang mga ito</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Bumalik</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>Nakapasa ka</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>Kulang pa</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>Ganito rin ginagawa ang totoong gawain, at may bayad ang mga iyon. Piliin na ang mga una.</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>Puwede ka nang kumuha ng gawain sa campaign na ito.</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>Basahin ang mga pahiwatig at subukan ulit ang mga halimbawa; puwede mong ulitin kahit ilang beses.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Bumalik sa campaign</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>Subukan ulit ang mga halimbawa</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>Bagong profile</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>I-rename ang profile</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>Magsisimula itong walang laman, may sariling wallet at password.</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>Ang pangalan lang ang magbabago; mananatili ang folder at wallet nito sa dating lugar.</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>Gawin at buksan</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>I-rename</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>Pangalan sa kahit anong sulat</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>Isantabi ang %1?</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>Aalisin sa listahan ang buong folder nito, kasama ang wallet. Walang buburahin; ipapakita pagkatapos kung nasaan ito.</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>Isantabi</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>I-type ang %1 para kumpirmahin</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>Mga profile sa computer na ito</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>May sariling folder, wallet at password ang bawat profile. Walang makakakita ng gawa ng iba nang wala ang password nito.</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>%1 (bukas ngayon)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Buksan</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>Buksan ang %1</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>I-rename…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>I-rename ang %1</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>Isantabi…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>Isantabi ang %1</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>Isinantabi, kasama ang wallet, sa folder na ito: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>Bagong profile…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>Pumunta sa outbox</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>Luma na ang palitang ito.</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>Ipakita rin ang halaga sa %1</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>I-rate ang nagpapagawa</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>Hindi, salamat</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>Itigil ang pagbasa</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>Basahin nang malakas</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>Iapela ang pagkaalis mo</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>Bakit dapat tingnan ulit ang gawa mo</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>Pupunta ito sa operator ng platform at kailangan ng koneksyon. %1 sa %2 karakter.</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Nagpapadala…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>Ipadala ang apela</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>Sinuri sa chain</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>%n gawain lahat-lahat.</numerusform>
                <numerusform>%n gawain lahat-lahat.</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaign</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Ano</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>Platform, GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>Chain, GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Inihambing</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>Sumusunod sa kinita ang ibinayad sa chain: puwede itong mahuli, pero hindi kailanman mauuna.</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>Paano sila humatol</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>Mga panel ng ibang worker ang nagpapasya sa pag-reject, hindi ang nagpapagawa lang.</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>Gaano sila kabilis magbayad</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Bayad na</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>Mga gawain</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Bahagi</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>Wala pang nalalaman: wala pang nabayarang gawain ng nagpapagawang ito.</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>Ang sabi ng mga worker</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>I-rate ang nagpapagawa</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>Nagtrabaho ka rito kaya puwede: isang beses sa bawat campaign, at puwede mong baguhin. Mga bilang lang ang nakikita ng nagpapagawa.</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaign</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Bayad</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>sobrang baba</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>napakaganda</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Linaw</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>mahirap intindihin</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>napakalinaw</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Bilis</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>huling-huli magbayad</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>agad magbayad</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Patas</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>hindi patas</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>patas na patas</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>Ipadala ang rating</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>Ulat sa nagpapagawa</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>Mga totoong datos mula sa mga hatol at bayad; hiwalay ang opinyon ng mga worker.</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>Lahat ng nagpapagawa</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Bumalik sa Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Subukan ulit</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>Mga nagpapagawang may alok na trabaho</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>Wala pang alam na campaign. Maghanap muna ng trabaho.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Nagpapagawa</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>Mga campaign</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Ialok ulit</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>I-block ang nagpapagawang ito</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>Naka-block: hindi iniaalok sa iyo ang trabaho ng nagpapagawang ito.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Naibayad</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>Kabuuan, para sa lahat</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Bayad bawat oras</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>Mga reviewer, bawat oras</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Tagal bago magbayad</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>May pondo ngayon</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>Tumataya ka ng %1 GEM sa sagot mo.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>Tama ba ang sagot na ito?</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Tanggapin</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>I-reject…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Laktawan</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>Ano ang ipinagawa</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>Tumataya ka ng %1 GEM sa hatol mo.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>%n review ang tapos</numerusform>
                <numerusform>%n review ang tapos</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>Hindi ka pa puwedeng mag-review</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>I-review ang gawa ng iba</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>Sa pagselyo, pinipirmahan ng key mo ang mga hatol mo; aalis ang mga ito kapag may koneksyon na.</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>Tumataas ang trust score mo sa mga nasuring gawain na tama; kapag sapat na, puwede ka nang mag-review.</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>Makakakuha ng review kapag may koneksyon na. Magagawa kahit wala nito ang mga nakuha mo na.</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>Makikita mo ang tagubilin at ang sagot, pero hindi kung kanino galing. Sinasabi sa bawat isa ang bayad at ang taya mo.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Sineselyuhan at ipinapadala…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Selyuhan para ipadala</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Selyuhan at ipadala</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>Subukan gamit ang reviewer na pang-praktis</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>Humihingi ng mga review…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>Kumuha ng 10 review</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>Paano tumataas ang trust score ko</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>Magpatuloy sa pag-review</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>I-undo ang huling hatol</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>Kumuha ng 100 review</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>Sa sesyong ito</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>Ano ang mali?</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>Pumili muna ng dahilan: dapat malaman ng gumawa kung ano ang itatama.</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>I-click ang lugar, o pindutin ang Enter doon</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>Markahan ang isa pang lugar</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>Markahan ang lugar ng mali</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>May marka: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>Alisin ang marka</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>Puna para sa gumawa (opsyonal)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>I-reject</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Kanselahin</translation>
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
            <translation>I-undo ang huli</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Mga tagubilin</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Tama na muna</translation>
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
            <translation>Nagtatrabaho ka bilang reviewer na pang-praktis, hindi gamit ang sarili mong account.</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>Bumalik sa sarili kong account</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>Nasa screen ang seed words mo. Hindi ito binabasa nang malakas.</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>Mga naka-block at nakatago</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>Hindi iniaalok sa iyo ang trabahong ito, at walang kinukuha mula rito. Sa iyo pa rin ang mga gawaing nakuha mo na. Ang computer lang na ito ang nakakaalam.</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Bumalik sa Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>Naka-block</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Nakatago</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Ialok ulit</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>Walang naka-block o nakatago</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>Tungkol dito</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Bersyon</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Profile</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lisensya</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>Ginawa gamit ang Qt (LGPL), IBM Plex Sans (OFL) at Lucide icons (ISC). Walang datos tungkol sa iyo ang umaalis sa computer na ito maliban sa kailangan ng gawain.</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>Address book</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Alisin</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Alisin ang %1</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>Magdagdag ng address</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>Ihambing ulit nang isang beses: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>Pangalan, gaya ng “Ipon”</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>Pangalan ng address</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>Address, 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Address</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>Nagtatanong sa sariling window ng wallet</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Idagdag</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>Ayos ba ang lahat?</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Sinusuri…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>Suriin ang setup na ito</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>Gumawa ng ulat…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>Tinitingnan ang computer na ito, ang profile mo at ang network, walang binabago, at sinasabi sa salita kung ano ang mali.</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>Mga claim</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>Kusang i-claim mula</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>Sa 0, hindi kailanman kusang magke-claim. Hihintayin din nitong maging 5 % na lang o mas mababa ang bayad sa darating.</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>Kusang i-claim mula, sa GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Itabi</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>Payment channel</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>Papunta na sa chain ang pagsasara mo.</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>Kapag titigil ka na sa platform na ito, isara ang channel: babalik ang bond mo nang walang gas coin, kahit wala nang gawin ang platform.</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>Isara ang channel…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Isara ang payment channel mo?</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>Isara ang channel</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>Ano ang handa mong makita</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>Natatakpan ang mga gawaing puwedeng makabahala hanggang hilingin mo. Ang naka-off dito ay hindi iaalok sa iyo.</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>Ligtas na nakatago</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>Pareho ang halaga ng voucher kaninumang kamay galing, at ikaw lang ang binabayaran nito. Ligtas ang bayad mo sa mga kopya sa ibang lugar kung masira ang computer na ito.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Alisin</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>Alisin ang bantay na %1</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>Isa pang bantay</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>Kahit anong platform ay puwedeng magtago ng voucher ng iba: ilagay ang address nito.</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>Address ng bantay</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Idagdag</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>Bilang file din sa folder na ito</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>Isinusulat doon ang bawat bagong voucher. Kung walang laman: walang file.</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>Folder para sa file ng voucher</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Itabi</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>Sumulat ng file ngayon</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>Humanap ng mas bagong voucher</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>Sa backup file o sa bantay: ilagay kung nasaan ang file o ang address ng bantay. Ang pinirmahan lang ng platform ang itatago.</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>File o bantay na may mas bagong voucher</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Tingnan</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>Sarili mong currency</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>Ipakita rin ang halaga sa currency na ito</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>GEM pa rin ang una. Tantiya lang ng halaga nito ang isa pa: walang binabayaran o pinipirmahan ayon doon.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Iba pa</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>Ibang currency: ang tatlong titik nito, gaya ng KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>Katumbas ng 1 GEM</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>Uunahin ang sarili mong numero kaysa sa platform. Iwang walang laman para sundin ang sa platform.</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>Halaga ng 1 GEM, sa %1</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Itabi</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>Nagamit na data</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Ngayong araw</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>Huling 14 na araw</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>Nagamit na data bawat araw</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Araw</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>Wala pang naipadala o nakuha.</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>Kasama sa bilang ang mga linyang nauuna sa bawat hiling, pero hindi ang idinadagdag ng network mo para dalhin ang mga ito (mga 3 hanggang 5 %).</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>Kung saan nakatago ang wallet at gawa mo</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>Folder ng profile na ito</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>Walang binabago ang bagong bersyon sa folder na ito, at kapag inalis ang program, mananatili ito sa kinalalagyan.</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>Burahin lang ang folder kapag nasa papel na ang labindalawang salita mo at wala nang naghihintay ipadala o bayaran.</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>Mga chain node</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Alisin</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>Alisin ang chain node na %1</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>Isa pang chain node</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>Address ng chain node</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Idagdag</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>Gamitin ulit ang sa network</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>Bagong trabaho kung saan ako nakapagtrabaho</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>Mga hatol at apela</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>Mga gawaing malapit nang maubusan ng oras</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>Bayad at mga claim</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Mga abiso</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>Hindi nagpapakita ng notification ang system na ito. Nasa ilalim ng kampana ang mga abiso.</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>Ipakita rin ang mga abiso sa labas ng window</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>Kapag may nagsara ng payment channel mo, lagi kang sasabihan, kahit sa mga tahimik na oras.</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>Ipakita ang mga halaga sa labas ng window</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>May maikling tunog</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>Subukan</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>Palitan ang password</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>I-export ang key sa file</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>Ang password ngayon</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>Password para sa file</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>Ang bagong password</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Ang parehong password ulit</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>I-export, at kumpirmahin sa sariling window ng wallet</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>Palitan</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>Network</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>Network na pang-praktis: walang halaga ang GEM na ito</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>Magtrabaho offline: walang kusang ipapadala o kukunin hangga't hindi ito pinapatay</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>Proxy para sa lahat</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>Tulad ng http://host:port o socks5://name:password@host:port. Kung walang nakalagay, gagamitin ang proxy ng computer mo. Hindi dumadaan dito ang nananatili sa computer na ito.</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>Address ng proxy</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Gamitin</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>Mga tahimik na oras</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>Walang ipapakita sa labas ng window sa mga oras na ito</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Mula sa</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>Tahimik mula</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Papunta sa</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>Tahimik hanggang</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>Kapag sarado ang window</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>Ipakita ang Gems sa tray</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>Kapag isinara ang window, tatakbo pa rin ang Gems sa tray</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>Kung walang tray ang system, hihinto ang Gems kapag isinara ang window.</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>Pagbabasa</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Wika</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>Isinalin ng makina; wala pang katutubong nagsasalita ang nakasuri nito. Kung may malabo, ang tekstong Ingles ang masusunod.</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Laki ng teksto</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Mga kulay</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Gaya ng system</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Maliwanag</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Madilim</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Mataas na contrast</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>Walang kusang gumagalaw</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>Mga limitasyon ng wallet</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>Nabago o mas luma sa wallet mo ang file ng mga limitasyon mo. Magsisimula ito nang bago: walang laman ang address book, at itatanong ang lahat hanggang magtakda ka ng limitasyon.</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>I-lock kapag ganito katagal nang walang key o click</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Hindi kailanman</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 min</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>Puwedeng umalis sa isang araw nang walang tanong</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>Limitasyon bawat araw, sa GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Itakda</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>Paghihintay ng bagong address</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>Hanggang doon, itatanong ang bawat bayad papunta rito. May panahon kang mapansin ang address na hindi ikaw ang nagdagdag.</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>Walang hintay</translation>
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
            <translation>Pagbabasa</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Trabaho at data</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Mga abiso</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>Kaligtasan</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>Pera</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Network</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>Mga profile</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Mga bagong bersyon</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Tulong</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>Agad na itinatago ang bawat pagbabago.</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>Mga bahagi ng settings</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Bond</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>Mga bagong bersyon</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>Wala kang kailangang gawin. Hindi na iaalok ulit ang bersyong iyon.</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Bersyon</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>Ituloy ang pag-download</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>I-download</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>Itigil; ituloy mamaya</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Tingnan ulit</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>Humanap ng bagong bersyon</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>Kusang humanap minsan sa isang araw, hindi kailanman kung saan binabayaran ang megabyte</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>Mula sa USB stick o folder…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>Mula sa USB stick o folder</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>Dapat pirmado ito ng mga gumawa ng Gems, saanman ito galing.</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>Folder na may bagong bersyon</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>Humanap doon</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>Mula sa network ulit</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>Pagbasa nang malakas</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>Mag-alok na basahin nang malakas ang mga tagubilin at gawain</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>Walang boses ang system na ito. I-install ang speech-dispatcher at espeak-ng, saka buksan ulit ang Gems.</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>Walang boses ang system na ito. Magdagdag ng isa sa settings ng system, saka buksan ulit ang Gems.</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>F8 para magbasa, at para huminto. Walang kusang binabasa.</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>Bilis sa porsiyento</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>Wallet at seguridad</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>Ang address mo</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>I-lock na</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>Nasa papel mo ang seed words mo. Walang nagpapakita ng mga ito rito, at walang taga-Gems na hihingi nito.</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>Trabaho at data</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>Kusang kumuha ng iba pang gawain, mula sa mga campaign na pinagtatrabahuhan ko</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>Magtabi rito ng ganito karaming araw na trabaho</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>Mga araw ng trabaho</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>Pinakamaraming ida-download, sa megabyte bawat araw</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>Megabyte bawat araw</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>Pati sa mga network na nagbibilang ng megabyte</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>Nagbibilang ng megabyte ang network na ito</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>Magbabala ng ganito karaming oras bago maubos ang oras ng gawain</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>Mga oras bago maubos ang oras ng gawain</translation>
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
            <translation>Nagsisimula</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Subukan ulit</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>Magpatuloy sa kopya bago ang update</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>Magpatuloy sa kopya bago ang update?</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>Kung ang mas bagong bersyon ang sisimulan mo, walang mawawala.</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>Magpatuloy sa kopya</translation>
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
            <translation>Katayuan</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Walang naghihintay ipadala</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>%n sagot na ipapadala</numerusform>
                <numerusform>%n sagot na ipapadala</numerusform>
            </translation>
        </message>
        <message>
            <source>Balance %1 %2</source>
            <translation>Balanse %1 %2</translation>
        </message>
    </context>
    <context>
        <name>StoryMessage</name>
        <message>
            <source>Marked in the task: %1</source>
            <translation>May marka sa gawain: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>Paano ko ito nalaman?</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>I-save ang patunay bilang file</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>Mga mensahe ninyo ng nagpapagawa</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>Nakikita ng nagpapagawa ang sinulat mo, pero hindi ang pangalan o address mo.</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>Ipadala ang mensahe</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Isara</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>Sabihan ako sa bagong mensahe rito</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>Huwag na akong sabihan sa mensahe rito</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>Aalis ito sa susunod na koneksyon. %1 sa %2 karakter.</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>Mensahe mo</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>Bawiin</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Mag-ulat ng problema</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>Recording na may %n bahagi</numerusform>
                <numerusform>Recording na may %n bahagi</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Recording</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 at %2 ang nagtatakda kung saan nagsisimula at nagtatapos ang bahagi, Enter para markahan, Tab para lumipat-lipat sa mga bahagi, Delete para mag-alis ng isa.</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>Space para i-play, isang segundo ang galaw ng mga arrow, lima kapag may Shift, ikasampu kapag may Ctrl; plus at minus para tingnan nang malapitan, 0 para ipakita lahat.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>May napiling bahagi: hilahin ang mga gilid nito o pindutin ang %1 at %2, label para baguhin ito, Delete para alisin.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>Pumili ng label, saka mag-drag sa alon, o pindutin ang %1 at %2 habang nagpe-play, saka Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>Nakabukas</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>Nakatiklop</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>Nakaraang buwan (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>Susunod na buwan (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>Kailangan</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>Kailangang sagutin ito</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>Mga mensahe</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Mga arrow para pumili.</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>Mga arrow para pumili ng mensahe, E para i-edit ang sarili, Delete para alisin, Escape para walang mapili.</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>Mga mensahe: %1 sa hindi bababa sa %2</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>Mga mensahe: %1 sa hindi hihigit sa %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>Sino ang nagsasabi</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>Isulat ang sinasabi ni %1</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Sumulat ng mensahe</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>Sabihin</translation>
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
            <translation>Piliin ang lahat ng tugma</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Pumili ng isa</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>Oras</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Petsa</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>Isulat ang petsa na taon-buwan-araw, gaya ng 2025-03-31.</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>Isulat ang taon at buwan, gaya ng 2025-03.</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>Isulat ang taon nang apat na numero.</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>Isulat ang oras na oras at minuto, gaya ng 14:05.</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>Hindi puwede ang petsang ito. %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>Walang ganitong petsa o oras.</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>Kulang ang petsa.</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>Kulang ang oras.</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>Mula %1 hanggang %2</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>%1 o mas huli</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>%1 o mas maaga</translation>
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
            <translation>Pumili sa kalendaryo (arrow pababa sa field)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>I-clear</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Na-save bilang %1</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>Itago ang isang sagot</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Ipakita ang mga pagkakaiba</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>%1: pareho</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>%1 (putol-putol): %n pagkakaiba</numerusform>
                <numerusform>%1 (putol-putol): %n pagkakaiba</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>Mga pagkakaiba</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>Naka-save sa computer na ito</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>Sine-save…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>Hindi pa na-save</translation>
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
                <numerusform>Larawan ng gawain na may %n region</numerusform>
                <numerusform>Larawan ng gawain na may %n region</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>Larawan ng gawain</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>Mag-zoom out (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>Ipakita lahat (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>Mag-zoom in (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>Plus at minus para mag-zoom, 0 para ipakita lahat, M para sa magnifier.</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>N para gumawa ng kahon, Tab para lumipat-lipat sa mga region.</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>N para gumawa ng ellipse, Tab para lumipat-lipat sa mga region.</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>I-click ang mga sulok, o N para sa una. Tab para lumipat-lipat sa mga region.</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>N para maglagay ng tuldok, mga arrow para igalaw ito. Tab para lumipat-lipat sa mga region.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>Mga arrow para igalaw ang cursor, Space para magpinta, [ at ] para palitan ang brush, E para magbura, N para sa bagong mask.</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Mga arrow para igalaw ang kahon, may Shift para baguhin ang laki, [ at ] para iikot, Delete para alisin.</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Mga arrow para igalaw ang ellipse, may Shift para baguhin ang laki, [ at ] para iikot, Delete para alisin.</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>Mga arrow para igalaw ito; kuwit at tuldok para pumili ng sulok na igagalaw ng mga arrow, I para magdagdag ng isa sa likod nito at Delete para alisin. [ at ] para iikot.</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>Mga arrow para igalaw ang tuldok, may Shift para baguhin ang lapad, Delete para alisin.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>Mga arrow para igalaw ang cursor, Space para magpinta sa mask na ito, E para magbura, N para sa bagong mask, Delete para alisin ito.</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>Sobrang detalyado ng mask para maipadala. Ipinta ito gamit ang mas malapad na brush.</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>I-click ang lugar, o igalaw ang cursor gamit ang mga arrow at pindutin ang Enter.</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>Click o N para sa sulok, mga arrow para igalaw ang huli, Backspace para bawiin, Enter o click sa unang sulok para isara, Escape para itapon ang polygon.</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>Kahon</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Ellipse</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Polygon</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Tuldok</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>Brush</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>Mga gamit para sa larawan</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>Pambura</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>Brush: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Mga pahina</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>Nakaraang pahina (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 sa %2</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>Susunod na pahina (Page Down)</translation>
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
            <translation>Pumili ng label, saka mag-drag ng kahon sa larawan (o pindutin ang N doon).</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>Pumili ng label, saka mag-drag ng ellipse sa larawan.</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>Pumili ng label, saka i-click ang mga sulok ng hugis sa larawan.</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>Pumili ng label, saka i-click ang tuldok sa larawan.</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>Pumili ng label, saka magpinta sa larawan.</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>Pumili ng label, saka pumili ng mga salita sa teksto.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>Pumili ng label, saka mag-drag sa chart.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>Pumili ng label, saka mag-drag sa tunog.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>Pumili ng label, saka mag-drag sa timeline.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>Pumili ng label, saka mag-drag ng kahon sa video.</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>May napiling kahon: label para baguhin, Delete para alisin.</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>May napiling marka: label para baguhin, Delete para alisin.</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Mga label</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>Nagamit na nang hanggang puwede</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>User</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Assistant</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>Tool</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>Developer</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>Iba ang nasa isa pang sagot</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>I-edit (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Alisin (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Mensahe</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>I-save (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>Mula %1 hanggang %2</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>%1 o higit pa</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>%1 o mas mababa</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>sa pagitang %1</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>Hindi ito numero.</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>Dapat hindi bababa sa %1 ang numero.</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>Dapat hindi hihigit sa %1 ang numero.</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>Dapat tumama ang numero sa pagitang %1.</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Numero</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Bawasan</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>Isang numero</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Dagdagan</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>Piliin ang mas maganda.</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>Pumili ng isa sa dalawa</translation>
        </message>
        <message>
            <source>First</source>
            <translation>Una</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>Ikalawa</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>isang larawan</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>May larawan ng gawaing ito na hindi maipakita.</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>I-pause</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>I-play</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>pine-play ang talata sa cursor</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>I-drag ang bawat item sa dapat nitong lugar, ang pinakamaganda sa itaas.</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>I-drag ang mga item para ayusin, ang pinakamaganda sa itaas.</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>igalaw ang card gamit ang keyboard, numero ang mag-aayos nito</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>igalaw ang card gamit ang keyboard</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>Tama ang ayos na ito</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>Mga item na nakaayos</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Item</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>puwesto %1 sa %2</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>Wala pang laman</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>Rating</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>Wala pang rating. Mga arrow para magbigay ng bituin, Delete para bawiin.</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>Wala pang rating. Mga numero o arrow para magbigay ng bituin, Delete para bawiin.</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>%1 sa %2 bituin</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 sa %2</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>Wala pang rating</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>Kahon</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Hugis</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Tuldok</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Ellipse</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>Pinintahang bahagi</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Mga salita</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Bahagi</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>Gumagalaw na kahon</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marka</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>nakatago</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>naka-lock</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Itago</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Ipakita</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>I-unlock</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>I-lock</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>Alisin</translation>
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
                <numerusform>May marka: %n</numerusform>
                <numerusform>May marka: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>Itago lahat</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Ipakita lahat</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>Ano ang may marka</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>Mga arrow para pumili, Delete para alisin, Alt+H para itago, Alt+L para i-lock, Escape para walang mapili.</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>itago</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>alisin</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>i-lock</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>Wala pang may marka.</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>magkabilaan</translation>
        </message>
        <message>
            <source>to</source>
            <translation>papunta sa</translation>
        </message>
        <message>
            <source>from</source>
            <translation>mula sa</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>Baligtarin ang direksyon (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Alisin (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>Mga ugnayan: %n</numerusform>
                <numerusform>Mga ugnayan: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>Iugnay dito (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>Iugnay (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>Kanselahin (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>Mula sa %1: i-click ang isa pa, o piliin ito at pindutin ang R.</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>Piliin ang may marka, pindutin ang R, saka i-click ang kaugnay nito.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Mga ugnayan</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Mga arrow para pumili.</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>Mga arrow para pumili, D para baligtarin ang direksyon, Delete para alisin.</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>Ano ang ugnayan</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>Walang napili</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>Piliin ang lahat ng tugma</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Pumili ng isa</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>Mag-type para maghanap</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>Mga arrow para igalaw ang cursor, may Shift para pumili; Enter o ang key ng label para markahan ang napili. Tab para lumipat-lipat sa mga marka; kasama ang Shift, ginagalaw nila ang dulo ng napiling marka, kasama ang Alt, ang simula nito, Delete para alisin.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>Mga arrow para igalaw ang cursor, may Shift para pumili.</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>Table na may %n hanay</numerusform>
                <numerusform>Table na may %n hanay</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>Napili</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>Bawiin ang %1</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>Hanapin sa mga klase</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Mga klase</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>Mga arrow para gumalaw, kanan para buksan ang sanga, kaliwa para isara, Space para pumili.</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>Walang klase na may ganitong mga letra sa pangalan.</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>Hanggang %n lang ang puwedeng piliin.</numerusform>
                <numerusform>Hanggang %n lang ang puwedeng piliin.</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>igalaw</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>buksan, isara</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>piliin</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>Isulat dito ang sagot mo</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>Ang sagot mo</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>Alisin ang sagot na ito</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>Magdagdag ng isa pang sagot</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>Larawan</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Hindi maipakita ang larawang ito.</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>Mga sukat na may %n bahagi</numerusform>
                <numerusform>Mga sukat na may %n bahagi</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Mga sukat</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 at %2 ang nagtatakda kung saan nagsisimula at nagtatapos ang bahagi, Enter para markahan ito o ang sandali sa cursor, Tab para lumipat-lipat sa mga bahagi, Delete para mag-alis ng isa.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>Mga arrow para igalaw ang cursor, tigsasampu kapag may Shift; plus at minus para tingnan nang malapitan, 0 para ipakita lahat.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>May napiling bahagi: hilahin ang mga gilid nito o pindutin ang %1 at %2, label para baguhin ito, Delete para alisin.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>Pumili ng label, saka mag-drag sa mga graph; isang click para markahan ang isang sandali.</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>Natatakpang gawain</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>Baka mabahala ka sa gawaing ito</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>Natatakpan ito hanggang hilingin mo. Walang mawawala sa iyo kung iiwan mo ito.</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>Ipakita</translation>
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
            <translation>N para gumawa ng kahon, Tab para lumipat-lipat sa mga kahon, mga arrow para igalaw ang napili, may Shift para baguhin ang laki, %1 para gumawa o mag-alis ng key frame, %2 para mawala o bumalik ito, Delete para alisin.</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>Space para i-play, kuwit at tuldok para gumalaw ng isang larawan; plus at minus para mag-zoom, 0 para ipakita lahat.</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>Video</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>Timeline na may %n hanay</numerusform>
                <numerusform>Timeline na may %n hanay</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Timeline</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 at %2 ang nagtatakda kung saan nagsisimula at nagtatapos ang bahagi, Enter para markahan, Tab para lumipat-lipat sa mga bahagi, Delete para mag-alis ng isa.</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>Isang larawan ang galaw ng mga arrow, sampu kapag may Shift; Space para i-play.</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>Kahon</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>Kahon sa gitna (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>Walang key frame dito</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>May key frame dito</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>Wala na pagkatapos ng larawang ito</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>Nandito mula sa larawang ito</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>Pumunta sa ibang larawan at igalaw ang kahon: gagawa iyon ng key frame, at pantay itong gagalaw sa pagitan ng mga iyon.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>Pumili ng label, saka mag-drag ng kahon sa larawan.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>Pumili ng label, saka mag-drag sa timeline, o pindutin ang %1 at %2, saka Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>Gawain</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>Tungkol sa region %1</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>Simula</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>Dito nagsisimula ang napiling bahagi</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>Dito nagsisimula ang isang bahagi</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Dulo</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>Dito nagtatapos ang napiling bahagi</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>Dito nagtatapos ang isang bahagi</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marka</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>Markahan ang bahagi sa pagitan ng simula at dulo (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>Markahan ang sandaling ito (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>Magpakita ng mas mahabang oras</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>Ipakita ang kabuuan</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>Tingnan nang malapitan</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>I-undo</translation>
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
            <translation>Papunta sa %1 · bayad %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>Ano ang magagawa ng susunod na sampung gawain</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>Mga audit</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Mula sa</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Na-audit</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>Inaasahan</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>Inaasahan kung suwerte lang</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>Kinukuwenta ulit sa computer na ito ang bawat bunot mula sa lihim na itinali ng platform bago ka nagtrabaho. Pumili ng hanay para i-save ang patunay nito bilang file na masusuri ng iba.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Kailan</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaign</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Tsansa</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Bunot</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Seed</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>Mga uri ng trabaho</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Grado %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>Grado</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Grado %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>Binibilang ng level ang mga nasuring gawa at hindi ito nawawala; puwedeng bumaba ang grado, at sa iyo na ang mas mataas kapag tumagal ito nang sampung nasuring gawain.</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>Trust</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>Kinukuwenta sa computer na ito mula sa mga pirmadong hatol; walang puwedeng basta magtakda nito.</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>Ihambing sa platform</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Subukan ulit</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>Sa iyo pa rin ang kinita mo. Kung alisin ka ng platform, puwede kang umapela rito sa operator nito.</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>Iapela sa Outbox ang mga na-reject na sa tingin mo ay mali: bawat maipanalo mo ay bilang na tama rito.</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>Buksan ang Outbox</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>Walang nawala dahil sa paunawang ito; mga huling sagot mo lang ang tinitingnan nito.</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>Basahin ang mga dahilan sa Outbox. Puwedeng iapela roon ang na-reject na sa tingin mo ay mali.</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>Iba ang sinasabi ng platform sa mga pirmadong hatol mo.</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>Baka nahuhuli lang nang ilang hatol ang bilang nito. Kung manatiling ganito, sabihin sa operator ng platform; pirmado ang patunay sa ibaba.</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>Wala ka pang sagot na nasuri</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>Bilang ang bawat nasuring sagot. Magsimula sa kahit anong campaign; pinakamadali ang mga walang taya.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>Paano ito nakuha</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>Score sa paglipas ng panahon</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>Mga nasuring sagot</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Score</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>Pinakamababa</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>Pinakamataas</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>Kung saan malamang ang totoong halaga</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>Lilitaw rito ang score mula sa ikalawang nasuring sagot mo.</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>Pag-review ng gawa ng iba</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>Puwede kang mag-review. Mas mataas ang bayad bawat oras ng review, at hindi kailangan ng network kapag nandito na.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Review</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Patunay</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>%1 nasuri · %2 tama · %3 sa unang subok</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>trust score %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>Hinatulan</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaign</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Hatol</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>Subok</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>Hinatulan ni</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>Bilang lang ang pagka-reject kapag hindi na ito mababago. Hanggang doon, puwede mo itong iapela sa Outbox.</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>Tingnan</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Hindi muna</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>Binabantayan</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Sabihan ako sa bagong trabaho</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>Piliin ang wika mo</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>Protektahan sa computer na ito</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>Iniingatan ng password ang pera mo mula sa ibang gumagamit ng computer na ito. Hindi ito ipinapadala kahit saan; kung makalimutan mo, gagana pa rin ang seed words mo.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Password</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>Hindi bababa sa 8 karakter. Madaling tandaan ang ilang magkakasunod na salita.</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>Masyadong maikli: hindi bababa sa 8 karakter.</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>Madaling hulaan: magdagdag ng isa o dalawang salita.</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>Magandang password.</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>Napakagandang password.</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Ang parehong password ulit</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>Sa keyring, hindi kailangan ng password: kung sino ang makagagamit ng computer na ito gaya mo, magagamit din ang wallet.</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>Protektahan ng password na ito</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>Gamitin na lang ang keyring ng system</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>Ibalik ang wallet mo</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>Babalik ang balanse, mga voucher, bukas na gawa, mga taya at apela mula sa mga pinirmahan. Hindi babalik ang mga draft na hindi naselyuhan.</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>Ano ang hawak mo</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>Seed words</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>Private key</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>Keystore file</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>Ang seed words mo</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>12 hanggang 24 na salita ayon sa ayos, sa alinman sa sampung wika na may seed words.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>una ikalawa ikatlo …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>Gumamit ako ng passphrase o ibang account</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>Passphrase bukod sa mga salita</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>Iwan itong walang laman kung wala ka nito kailanman. Kapag mali, ibang wallet na walang laman ang mabubuksan.</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>Aling account</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>Ang private key mo</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>64 na karakter mula 0 hanggang 9 at a hanggang f; puwedeng may 0x sa unahan.</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>Ang keystore file</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>Napili: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>I-drop ang file sa pahinang ito, o i-type kung nasaan ito at pindutin ang Enter.</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>Path ng file</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>Password ng file</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>I-drop dito ang file</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Binubuksan</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>Ibalik</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Bumalik</translation>
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
            <translation>Network na pang-praktis</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>Hakbang %1 sa 3</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>Hinahanap ang wallet mo</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>Sa pahinang ito lang humihingi ng seed words ang Gems, at para lang gumawa o magbalik ng wallet. Wala nang ibang nangangailangan ng mga ito, kailanman.</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>Kumita sa maliliit na gawain</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>Sa wallet na ikaw lang ang may hawak pupunta ang bayad mo. Hindi mo kailangan ng pera o papeles para magsimula; mga tatlong minuto lang ang paggawa nito.</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>Gumawa ng bagong wallet</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>May wallet na ako</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>Wika ng labindalawang salita nito</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>Isulat sa papel ang labindalawang salitang ito</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>Ito ang wallet mo: ang may hawak nito ay may hawak ng pera mo, at ito ang magbabalik nito kung mawala ang computer na ito. Huwag itong kunan ng litrato.</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>Itago ang papel kung saan ikaw lang ang makakahanap.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>Naisulat ko na</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Bumalik</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>I-unlock ang wallet mo</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>Nasa computer na ito ang gawa at kita mo; ang keyring ng system ang nagbubukas ng mga ito.</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>Nasa computer na ito ang gawa at kita mo; ang password ang nagbubukas ng mga ito.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Password</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Binubuksan</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>I-unlock</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>I-type ulit ang mga salita</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>Ayon sa pagkakasunod, mula sa papel mo. Sapat na ang unang apat na titik at isang patlang para sa bawat salita.</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>Ang labindalawang salita</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>Hindi kasama ang ika-%1 na salita: tingnan ang papel mo.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>una ikalawa ikatlo …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>%1 sa 12 salita</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Ihambing</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>Magsimula ulit sa bagong mga salita</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>Tungkol sa gawaing ito</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>Gawain %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>Gantimpala %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>Mga tagubilin</translation>
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
            <translation>Tapusin at sumunod</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>I-undo</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>I-redo</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Mga tagubilin</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Mga key</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Ipakita ang mga pagkakaiba</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>Pumunta sa susunod na bahagi</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Ipakita ang buong larawan</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Alisin ang napili</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>Isauli</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>I-save ulit</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>Na-reject ang sagot na ito: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>May marka sa gawain: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>Itama at tapusin ulit; kusa itong babalik sa review.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Subukan ulit</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>%n gawain ang tapos</numerusform>
                <numerusform>%n gawain ang tapos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>%n sagot na naghihintay ipadala</numerusform>
                <numerusform>%n sagot na naghihintay ipadala</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Wala pang gawain dito</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>Hanggang %1 GEM ang dala ng mga ito kapag tinanggap. Sa pagselyo, pinipirmahan ang mga ito ng key mo para walang makabago; aalis ang mga selyadong sagot kapag may koneksyon na.</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>Selyado na at ligtas sa computer na ito ang mga ito, at kusang aalis kapag may koneksyon.</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>Selyado na at papunta na ang mga ito.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>Kumuha ng batch ng gawain; mananatili ang mga ito sa computer na ito at magagawa kahit walang network.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Sineselyuhan at ipinapadala…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Selyuhan para ipadala</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Selyuhan at ipadala</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>Buksan ang outbox</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>Walang recording ang gawaing ito.</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>{at} sa {whole}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>Larawan {at} sa {whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>Walang video ang gawaing ito.</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>0.05 GEM bawat gawain at tig-isang minuto: 3 GEM sa isang oras.</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>1 GEM = {worth} {code}, ayon sa na-type mo, {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>1 GEM = {worth} {code}, sabi ng platform na {name} ({source}), {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>1 pang nasuring gawain bago ka makapag-review.</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>1 pang nasuring gawain para sa ibang nagpapagawa bago ka makapag-review.</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>1 pang nasuring gawain papunta sa susunod na level.</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>1 pang tamang sagot bago ka makapag-review.</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>1 pang tamang sagot papunta sa {grade}.</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>Ang 10 % ay nangangahulugang mga isa sa sampung sagot ang sinusuri.</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>May kahon o guhit na hindi tugma</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>Isa hanggang tatlong round ang isang campaign.</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>Hindi puwedeng walang may-ari o kontrata ang may-ari ng channel.</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>Nagsasara ang channel sa 7 hanggang 90 araw; iba ang ibinigay na panahon.</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>Kailangan ng channel ng key na pumipirma sa mga voucher nito.</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>Hindi puwedeng mapunta ang claim sa zero address o sa kontrata.</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>May claim na hindi natuloy</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>May claim nang paparating.</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>Sa ibang channel ang isang claim.</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>Imposible ang oras ng isang claim.</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>I-click ito para buksan ang Gems.</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>Hindi na mabubuksan ulit ang nakasarang channel: wala ka nang kikitain dito.</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>Coin na hinihingi ng chain sa bawat bayad. Hindi mo ito kailangan: relayer ang nagbabayad para sa iyo.</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>Computer na nagtatago ng kopya ng pinakabago mong voucher at nagbabantay sa bayad mo habang wala ka.</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>May pasyang nabago samantala.</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>Ang laman ng file ay {what}, at hihingi ito ng balita.</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>Mauubos ang oras ng isang tapos na gawain: ipadala ito bago ang {time}.</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>Nakatagong pagsusuri</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>Titik mula A hanggang F para sa kung gaano katama ang nasuring gawa mo. Mas maraming trabaho ang bukas sa mas mataas na grado.</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>Mula 1 hanggang 5 ang marka.</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>Ang mensahe ay 1 hanggang 1,000 karakter.</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>May paglipat na palabas ng bond mo na isinasagawa na.</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>Makukuha ang bagong bersyon kung saan mo nakuha ang isang ito. Mananatili ang wallet at gawa mo.</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>May mas bagong voucher. Itinago na ito at ito na ang bilang mula ngayon.</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>May numerong mas malaki sa kayang itago.</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>1, 3, 5 o 7 ang reviewer ng panel; iba ang sinasabi ng mga kondisyon.</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>Bahagi ng gantimpala na pambayad sa mga nagsusuri. Ang nakikita mong gantimpala ay ang natitira.</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>May bahaging nabago sa daan.</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>May larawan o file ng gawain na dumating na nabago o sira.</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>Kailangan ng pangalan ng profile.</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>Hindi eksakto ang mga field ng isang palitan.</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>Walang oras ang isang palitan.</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>Puwedeng itama o iapela ang na-reject na sagot.</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>Bilang lang ang pagka-reject kapag hindi mo na ito puwedeng iapela.</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>Kailangan ng dahilan ang pag-reject.</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>12, 15, 18, 21 o 24 na salita ang seed phrase; ang nandito: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>Babalik ang taya kapag tinanggap ang gawa. Kapag na-reject nang tuluyan, mawawala ang taya.</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>Lampas sa hangganan ang numero ng isang hakbang.</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>Mali ang anyo ng kabuuan ng isang hakbang.</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>May gawain ng campaign na ito na hinahatulan pa sa chain.</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>Mauubos ang oras ng isang gawain: tapusin at ipadala ito bago ang {time}.</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>May gawaing binuksan ulit samantala.</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>Gawaing alam na dati ang tamang sagot. Sinusukat nito kung gaano kahusay gumawa ang mga tao at hindi kailanman nagpapasya ng bayad.</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>May hatol tungkol sa gawaing ito na dinala sa chain.</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>May umiiral nang hatol ng round na ito o mas mataas.</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>May reviewer sa panel na ito na humatol na sa gawain dati.</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>May botong hindi pirmado ng reviewer nito.</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>May bantay na hindi maabot o hindi tumanggap ng voucher.</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>Isang web page ang sumasagot kapalit ng platform: gusto ng network na ito na mag-log in ka.</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>Worker na may magandang rekord kaya puwedeng magsuri ng gawa ng iba, nang may bayad.</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>Sinasabi ng dilaw na linya kapag may kailangan ka nang asikasuhin.</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Tinanggap</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>Tinanggap noong {time}.</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>Mga tinanggap na gawaing hinahatulan ulit: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>Naghihintay ng {time} ang tinanggap na gawa bago bayaran: hanggang doon puwedeng tumutol ang nagpapagawa, at iba ang hahatol.</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>Tinanggap, hindi pa bayad</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>Magdagdag ng ikalawa na galing sa iba, sa Settings.</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>Magdagdag ng bantay sa Settings, o ipadala ang file ng voucher sa taong makapaghahatid nito bago matapos.</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>Magdagdag ng address sa address book mo?</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>Pagkatapos ng mga maling password, naghihintay ang wallet bago ang susunod na subok, sa segundo: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>Pagkatapos magtrabaho para sa isang tao, ibigay ang rating mo; makatutulong ito sa susunod na worker.</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>Pagkatapos ng {n} nasuring sagot: {score}, sa pagitan ng {low} at {high}</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>Sang-ayon</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>Lahat ng campaign na alam dito</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>Nakuha na ang lahat ng gawain nito.</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>Lahat ng uri ng gawain</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>Lahat ng wika</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>Lahat sa iisang kabuuan. Kasama rin ang nire-review o nakataya, kahit hindi pa napagpapasyahan.</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>Lahat ng bayad sa mga voucher mo hanggang noon</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>Nasa listahan ang lahat ng salita, pero hindi sila seed phrase kapag magkakasama: may mali o wala sa puwesto.</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>Lahat ng natapos mong gawa, mula matapos hanggang mabayaran. Ligtas sa computer na ito ang naghihintay roon.</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>Payagan muna nito ang buong halaga; kusa itong ginagawa ng Gems kapag ibinigay ulit ang command.</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>Halaga: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>May halaga sa mensahe na hindi buong bilang ng base unit.</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>May sagot na nabago samantala.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>Kailangan ng apela ng dahilan na hanggang 2,000 karakter.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>Kailangan ng apela ng dahilan na hanggang 500 karakter.</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>Kapalit ng apela ang ikalawang subok, na magbabayad sana ng {amount} GEM. Hindi mo puwedeng gawin ang dalawa.</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>Mas luma, mula pa noong {time}</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>Naiinis</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>Ibang uri ng file ang may ganitong pangalan.</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>Ibang galaw</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Ibang dahilan</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>Ibang relayer ang pinayagang magdala ng claim na ito.</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>Ibang hatol ang nasa chain, kaya walang ibabayad ang kasong ito.</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>Ikaw mismo ang sumagot; hindi ipapakita sa iyo ang isa pang sagot.</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>Sinagot nang di nakikita</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>Sinusuri ang mga sagot ayon sa tuntuning “{name}”.</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>Dadalhin ang mga sagot mula noon kung mababasa ng bersyong ito. Kukunin ulit sa platform ang mga voucher at taya, at walang pipirmahan sa channel mo hangga't hindi alam ang pinakabagong voucher.</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>Mga sagot na nire-reject ng nagpapagawang ito</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>Anumang download</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>Anumang iba pang may babala</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Apela</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>Umapela laban sa hatol?</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>Panel ng apela</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>Umapela kapag mas matagal na ang mga iyon, o kumuha ng trabahong may taya.</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>Mga napagpasyahang apela: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>Mga apelang naipanalo ng worker: {won} sa {n}.</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Dumating na</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>Dumating sa platform: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>Kung baguhan ka, pumili ng walang taya.</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>Hangga't hindi pa naipapadala, puwede mo itong bawiin at baguhin.</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>Ayon noong {time}</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>Humingi ng bagong presyo at mag-claim ulit.</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>Humingi ng bagong presyo.</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>Hingin ulit ang tugon; puwedeng ipadala ulit ang sarili mong file nang walang masamang mangyayari.</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>Hingin ang tugon sa pinakabago mong file, o sumulat ng bago.</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>Hilingin sa platform na tapusin ito. Kung hindi, kahit sino ay puwede, gamit ang function na finish_close ng kontrata. Gas coin na kaunti at ang paglalarawan ng channel mo lang ang kailangan. File ng voucher ang may laman nito.</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>Humihingi ng mga gawain…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>Hindi bababa sa 80 % ng mga sagot mo ang tama.</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>Hindi bababa sa 90 % ng mga sagot mo ang tama.</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>Nakataya</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>Nakataya sa gawang hindi pa nahatulan: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>Nasa platform</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Na-audit</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>Na-audit: {had} sa {n}. Kung suwerte lang, aabot ito sa {expected}.</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>Mga audit na naipasa: {n}. Kung may bayad para sa pagsusuri, bumababa ito kasabay nila.</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>Simulan muna ito.</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>Simulan ulit ang bayad.</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>Nasimulan, nasa computer na ito</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>Ipinapadala</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>Sa mas mataas na grado, bukas ang mas malaki ang bayad, at pagkatapos ang pag-review.</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>Sa pagitan ng 80 at 95 sa isandaan ang tama.</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>Blind review</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>Naka-block: hindi na iniaalok sa iyo ang trabaho ni {who}.</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Bond</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>Bumalik ang bond</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>Bond na inilagay para sa apela</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>Dalhin ulit bukas.</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>Ibalik ang tugon sa ganoon ding paraan.</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>Ibalik ang wallet mula sa seed words mo sa bagong profile.</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>Ibinabalik ang gawa mo: {done} sa {total}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>Ayon sa tuntunin ng campaign: walang taya; bahagi ng gantimpala ang pambayad sa pagsusuri.</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>Ayon sa tuntunin ng campaign: sinusuri ng ibang tao ang bawat sagot.</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>Ayon sa tuntunin ng campaign: ilang tao ang gumagawa ng iisang gawain hanggang sapat nang tiyak kung ano ang tama.</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>Ayon sa tuntunin ng campaign: binubunot at sinusuri ang ilang sagot, buo ang bayad sa iba.</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>Ayon sa tuntunin ng campaign: babayaran ang gawa maliban kung i-reject ito ng dalawang di-kilala na binayaran ng nagpapagawa.</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>Ng platform lang</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>Huling dumating: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaign</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>Matatapos ang campaign</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>Mga nakatagong campaign: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>Puwedeng bumalik mula sa gantimpala</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>Walang saysay ang sagot ng chain node {place}.</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>Sumasagot ang chain node {place}, sumusunod sa chain at may mga kontrata ng Gems.</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>Hindi maabot ang chain node {place}.</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>May mga kontrata ang chain node {place}, pero hindi nakarehistro roon ang key ng platform.</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>Hindi sa chain ng network na ito ang chain node {place}.</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>Huli nang {minutes} minuto ang chain node {place}.</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>Ibang kontrata ang ipinapakita ng chain node {place} kaysa sa Gems sa mga address ng network na ito.</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>Tsansang masuri</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>Baguhin ang mga kondisyon ng campaign at planuhin ulit.</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>Baguhin kung ano ang puwedeng umalis nang walang tanong?</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Channel</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>Tiyaking sa iyo ang folder ng profile at gumagana ang disk.</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>Tingnan ang address ng chain node sa Settings at ang koneksyon mo; susubukan ulit ito.</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>Tingnan ang address.</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>Tingnan ang mga halaga at subukan ulit. Kung mangyari ulit, i-update ang Gems.</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>Tingnan ang koneksyon, o gumamit ng ibang chain node.</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>Tingnan ang koneksyon; tuloy ang trabaho kahit wala nito.</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>Tingnan ang disk. Kung may kulang, itago ang file na iyon.</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>Tingnan ang disk; papalit dito ang susunod na backup.</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>Tingnan ang USB stick at ang pangalan ng file.</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>Nasuring gawa para sa isa pang nagpapagawa bago ka makapag-review.</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>Nasuring gawa para sa {more} pang nagpapagawa bago ka makapag-review.</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>Pumili ng tagal na 7 hanggang 90 araw.</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>Pumili ng keystore file na bersyon 3 gaya ng ine-export ng mga wallet, o gamitin ang seed words.</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>Pumili ng halagang hanggang sa libre rito.</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>Pumili ng sagot para sa bawat region.</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>Pumili ng sagot.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Pumili ng ibang folder.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Pumili ng ibang pangalan.</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>Pumili ng ibang network file.</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>Pumili ng ibang trabaho, o subukan ulit mamaya.</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>Pumili ng ibang trabaho.</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>Pumili ng iba.</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>Piliin ang mas maganda para sa bawat region.</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>Piliin ang mas maganda.</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>Piliin ang backup file.</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>Piliin ang file na para rito.</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>Piliin kung ano ang mali, at sabihin ito nang hanggang 500 karakter.</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>Piliin kung ano ang mali.</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>Piliin ang wika mo. Puwede mo itong palitan anumang oras.</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>I-claim</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>I-claim ito; kailangan ng bagong channel ang bagong trabaho.</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>Mag-claim mamaya, kapag mas marami nang naipon.</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>I-claim ang kaya mo, sabihin sa platform, at huwag nang kumuha ng trabaho hanggang masagot ito.</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>Na-claim na dati</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>Na-claim na dati, mula sa ibang computer</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>Na-claim sa kabuuan</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>Na-claim sa wallet mo</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Linaw</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>Isara ang file na magdadala ng gawa mo sa platform?</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>Isara ulit. Gas coin na kaunti lang ang kailangan para ikaw mismo ang magsimula nito: ang function na start_close ng kontrata.</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>Isara kapag mas marami nang babayaran.</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>Isara ang ibang program bago ang mga gawaing may malalaking larawan o video.</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>Isara ang ibang program na gumagamit ng folder at subukan ulit.</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>Isara ang polygon na hindi pa tapos.</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Isara ang payment channel mo?</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>Nagsasara</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>Ihambing ang bawat salita sa papel mo at i-type ulit, o magsimula ulit sa bagong mga salita.</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>Ihambing ang buong address sa ibinigay sa iyo; hindi lang ang mga unang letra.</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>Ihambing sa isinulat mo, salita por salita, ayon sa ayos.</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>Kumpletuhin ang bawat region.</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>Kumpletuhin at tapusin ulit.</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>Ikonekta ang computer na ito sa network nang isang beses, isang minuto lang.</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>Kontrata</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>Tagaambag</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>Kopyahin ulit ang buong address at ihambing ang mga una at huling letra.</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>Kopyahin ulit ang buong key; puwede itong magsimula sa 0x.</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>Itama, o umapela hanggang {time}: isa lang sa dalawa.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>Naitama</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>Nabilang na nang ilagay mo ito</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>Bilang na {n}: mas mababa ang bilang ng madadaling gawain, at ng marami para sa iisang nagpapagawa.</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>Binibilang kung ilan sa mga gawain mo ang nasuri. Tumataas lang ito.</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>Kalupitan sa hayop</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>Limitasyon bawat araw</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>Data ngayong araw</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>Data na nagamit sa huling 14 na araw: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>Oras ng platform ang sinusunod ng mga deadline, kaya walang mahuhuli sa iyo dahil dito.</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>Hindi natuloy; walang kinuha</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>Magkaiba</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>May pagtutol</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>Gawang may pagtutol</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>May pagtutol, hinahatulan ulit</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>May pagtutol; ibang reviewer ang humahatol</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>Huwag nang magpatuloy sa network na ito; ihambing ang network file sa galing sa naglathala nito.</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>Huwag magtrabaho sa network na ito hanggang ipaliwanag ng naglathala nito. Kung isa lang sa mga chain node mo ang nagsasabi nito, gumamit ng iba, sa Settings.</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>Gumawa muna ng ilang gawain.</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Mga dokumento</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Tapos na</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>Binunot ng platform lang, walang seed ng nagpapagawa: {n}.</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>Mga bunot na hindi pa inihahayag, at hindi binibilang dito: {n}.</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>Isang campaign ang bawat linya: ang mga gawain, gantimpala, bayad bawat oras at taya nito.</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>Dagdagan ang kita sa bond mo, at umapela bago matapos ang oras para rito.</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>Kinita sa huling {n} araw: {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Kita</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>Ilagay sa Settings ang address ng node ng tamang chain.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>Sinusuri ng ibang tao ang bawat sagot, at dapat silang magkasundo; puwede mong itama nang isang beses ang na-reject na sagot.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>Sinusuri ng ibang tao ang bawat sagot. Babalik ang taya mong {stake} GEM kasama ng bayad kapag nagkasundo sila; puwede mong itama nang isang beses ang na-reject na sagot.</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>Agad na itinatago ang bawat pagbabago. Walang mawawala kung mawalan ng kuryente.</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>Itatanong ang bawat bayad, nang {time} pa</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>Lahat ng iba pa</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>Pang-subok lang ang lahat dito. Walang halaga ang pera sa network na pang-praktis.</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>Nabayaran na ang lahat ng laman nito. {amount} GEM ang dumating sa wallet mo.</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>Nahatulan na ang lahat; {n} tinanggap, babayaran kung walang tututol</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>Naipadala at nahatulan na ang lahat</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>Naipadala na ang lahat; {n} naghihintay ng hatol</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>Nandoon pa rin ang lahat ng na-save dati.</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>Lalabas sa channel mo ang lahat ng utang nito sa iyo kapag ginawa ito, bawas ang bayad.</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>Naka-save ang lahat ng ginawa mo.</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>Isinulat ang patunay sa {path}</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>Halimbawa {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>Halimbawa {n} sa {total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>Nakikipagpalitan sa platform</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>Bihasa</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>I-export sa file ang key ng wallet mo?</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Patas</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Bayad</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>Bayad sa relayer: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>Bayad para sa mga nagsusuri</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Bayad sa relayer</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>Kunin muna ang mga balita at subukan ulit; kung ganito pa rin, ipakita sa platform ang dalawang bilang.</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>Kinukuha {done} sa {total}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>Magandang senyales ang kaunting na-reject na sagot at mabilis na bayad.</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>Mas kaunting audit kaysa maipapaliwanag ng suwerte (1 sa {one_in}).</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Maghanap ng trabaho</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>Tapusin bago maubos ang natitirang oras.</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>Huwag nang tumapos ng iba para sa platform na ito. Panatilihing online ang computer na ito paminsan-minsan hanggang matapos ang pagsasara.</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>Tapos na, hindi pa selyado</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>Ilang halimbawa muna: {share} ng mga ito ang dapat tama. Walang gastos, walang bayad, at puwedeng ulitin.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Mga unang hakbang</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>Unang subok</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>Nakitang hindi maganda</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>Libre sa bond mo</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>Magbakante ng espasyo at subukan ulit, o simulan ang bersyong gamit mo dati.</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>Magbakante ng espasyo at subukan ulit.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>Magbakante ng espasyo, o pumili ng ibang folder o USB stick.</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>Magbakante ng espasyo, o kumuha ng mas kaunting gawain.</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>Mula ngayon, pupunuin ng bayad mo ang bond hanggang dito at hindi lalampas: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>Mula sa bond mo, kapag tapos na ang pagsasara, simula {time}: {amount} GEM.</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>Simula {time}, puwede mo itong dalhin sa kontrata.</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>Pondohan muna ito, o ihambing ang mga kondisyon nito sa pinondohan.</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>May pondo</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>Hindi puwedeng ipadala ang GEM sa zero address.</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>Hindi puwedeng ipadala ang GEM sa address na ito.</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>GEM mo na nakatabi para sa mga taya at apela. Puwede mo pang ilabas ang libre roon.</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>GEM na sa iyo lang, sa chain. Puwede mo itong itago o ipadala kaninuman.</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>GEM na inilalagay mo kasama ng sagot. Babalik ito kung tinanggap ang sagot, at mawawala kung mananatiling reject.</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>Ina-audit ang GRAM ng dalawang reviewer na dapat magkasundo.</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>Gas coin</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>Hindi maayos na nagsara ang Gems noong huli.</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>Bukas na ang Gems sa profile na ito.</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>Kusa itong ipapadala ulit ng Gems.</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>Kusang ipapadala ng Gems ang natitira.</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>Gems {gems}, Python {python}, Qt {qt}, sa {system}</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>Puwede nang i-download ang Gems {version} ({size}).</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>Naghahanda</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>Magbigay ng petsa o oras para sa bawat region.</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>Magbigay ng petsa o oras.</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>Magbigay ng numero para sa bawat region.</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>Magbigay ng numero.</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>Magbigay ng rating para sa bawat region.</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>Magbigay ng rating.</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>Magbigay ng halagang higit sa zero.</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>Magbigay ng ibang address.</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>Magbigay ng ibang halaga.</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>Bawasan ang ibibigay.</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>Ibigay ang address ng isang tao.</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>Ibalik ang folder sa sarili mong user, o alisin ang write protection ng disk.</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>Magbigay ng sarili mong sagot.</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>Naisauli</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>Natutuwa</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>Magpatuloy sa trabaho. Tingnan ulit ang kita mo pagkaraan ng isang oras.</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>Magpatuloy; kung mangyari ulit, isara ang application at buksan ulit.</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>Bumabalik sa kopya bago ang update</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>Sapat na para magpatuloy; mas marami pang nasuring gawa ang magsasabi ng higit pa.</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>Grado</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>Grado {grade}.</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>Kalahati ng lahat ng bayad ay mas mabilis dumating; 95 sa 100 sa loob ng {time}.</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>Kalahati ng lahat ng review ay wala pang {time}.</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>Kalahati ng lahat ng gawain ay wala pang {time}.</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>Ihatid ang mga tapos na gawa?</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>Ihatid ang mga review mo?</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>Naibigay na sa relayer</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>Poot at pang-iinsulto</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>Narito ang lahat ng natapos mo, at kung nasaan na ang mga ito.</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>Nakatago: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>Ang karaniwang dala ng tapat na gawa</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>Mga oras na hihintayin ng bagong address: {after} sa halip na {before}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>Gaano kahusay ang gawa mo, pinakamababa at pinakamataas, ayon sa mga pagsusuri. Mas nagkakalapit ang dalawa kapag mas maraming nasuring gawa.</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>Gaano katagal mula sa pagpapadala ng sagot hanggang sa iyo na ang bayad.</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>Gaano katagal karaniwan ang isang gawain.</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>Ilan sa isandaang sagot sa nagpapagawang ito ang na-reject. Mabuti sa iyo kung mababa.</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>Ilan sa mga sagot mo ang tinitingnan ng iba. Hindi mo malalaman kung alin, kaya ayusin ang bawat isa.</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>Ilang pag-reject ang nakita ng iba na mali nang hatulan ulit. Kapag mataas: sulit umapela.</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>Kung dalawang beses itong hindi magsimula, babalik ang dating bersyon. Mananatili ang wallet at gawa mo.</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>Kung ma-reject, basahin ang dahilan. Itama ito, umapela, o hayaan na.</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>Kung walang sasagot sa oras, ang kontrata ang magpapasya ayon sa mga tuntunin.</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>Kung mali ang pagka-reject, umapela at sabihin kung bakit. Makikita mo muna ang bond.</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>Kung manatiling itim ang window, itakda ang GEMS_RENDERER=software.</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>Kung matalo ka, ang mawawala sa iyo: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>Kung matalo ka, mananatili ang pagka-reject.</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>Kung matalo ka, mananatili ang pagka-reject; mawawala ang bond at ang isinuko mo para sa apela.</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>Kung puwede kang sumubok ulit, kadalasang pinakamabilis ang pagtatama.</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>Kung gusto mo ito, humiling ulit at pumayag sa window na iyon sa loob ng dalawang minuto.</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>Kung manalo ka, makakakuha ka ng {wins} GEM. Kung matalo ka, {loses} GEM ang mawawala sa iyo.</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>Kung nagtatrabaho ka rin sa ibang computer, walang mali. Kung hindi, sabihin sa platform.</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>Sa isang araw: {after} GEM sa halip na {before} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>Nire-review</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>Sa panahong iyon, puwede ring magbayad ang nagpapagawa sa dalawang di-kilala para tingnan ulit; kung pareho lang silang makakitang hindi maganda ang gawa, saka babalik ang hanggang {amount} GEM ng gantimpala.</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>Sa channel na ito, ang kabuuan mong nailagay ay: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>Sa address book mo bilang: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>Nasa folder mo</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>Nasa wallet mo</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>I-install ulit ang Gems. Hanggang doon, hindi maipapakita ang mga gawaing may larawan.</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>I-install ulit ang Gems; sa Debian, sinasabi ng ./dev setup kung ano ang kulang.</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>I-install ulit ang pinakabagong bersyon.</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>Humihingi ito ng taya; kulang pa ang nasa bond mo. Magsimula sa trabahong walang hinihingi.</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>Humihingi ng personal na impormasyon, o ipinapakita ito</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>Hinihiling nitong ipasa mo muna ang praktis nito; walang gastos iyon.</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>Magdadala ito sa iyo ng {amount} GEM.</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>Galing ito sa package manager ng system, na naghahatid din ng mga bagong bersyon.</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>Magagawa ito hanggang: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>Hindi ito mabasa o maintindihan</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>Hindi na ito mababawi: nasimulan na ang pagpapadala, kaya baka nasa platform na.</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>Kusa itong darating kapag tinanggap na ang mga sagot mo.</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>Kailangan ng kaunting gas coin, na kahit sino puwedeng magbayad. Makikita ng lahat ang kaso sa chain.</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>Wala kang gastos, at magbabayad ito ng {amount} GEM kapag tinanggap. May oras ka hanggang {time}.</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>Wala kang gastos. May oras ka hanggang {time}.</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>Gagamit ito ng {size} na data.</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>Gagamit ito ng {size} na data; {whole} kung buong program.</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>Hindi ito sumusunod sa mga tagubilin</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>Dapat itong dumating bago ang {time}, kung kailan mauubos ang oras ng unang gawain dito.</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>Panloloko ito, o gustong magbayad sa labas ng platform</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>Labag ito sa batas</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>Kusa itong kokopyahin kapag may koneksyon na.</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>Mula ito bago ang profile na ito. Ang pirma ng platform o ang chain ang nagpapatunay ng kabuuan; wala sa computer na ito ang bawat gawain.</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>Hindi ito gagawin nang dalawang beses.</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>Hindi pa alam kung may mas bagong bersyon.</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>Wala pa ito sa chain. Puwede na itong dalhin ngayon.</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>Nasa chain na ito at may umapela: hinahatulan ito ulit hanggang {time}.</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>Nasa chain na ito. Makakabayad ang kontrata pagkatapos ng {time}.</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>Isang hakbang ito, 1 GEM ang pinakamalaki, at bilang na utang sa iyo. Walang ibang pipirmahan bago ito mabayaran; mananatili sa lugar ang natitira sa bond mo.</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>Utang ito sa iyo at darating kasama ng susunod na voucher.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>Babayaran ito kung hindi tututol ang nagpapagawa bago ang {time}.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>Babayaran ito kung hindi tututol ang nagpapagawa.</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>Ipapadala ito ulit hanggang pumirma ang platform para rito, at isang beses lang ang bilang.</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>Susubukan ito ulit; tingnan ang address ng bantay sa Settings.</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>Nasa platform ito gaya ng pagkapadala mo.</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>Ikaw na: umapela, o hayaan na. Kung wala kang gawin, kusa itong mananatili.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>Ikaw na: itama, umapela, o hayaan na.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>Ikaw na: itama, o hayaan na.</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>Aalis ito sa susunod na koneksyon, hanggang {time}.</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>Iba ang bayad sa sinasabi nito</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>May ipinapakitang nakababahala nang walang babala</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>Gumamit ito ng voucher na mas luma sa iyo, kaya sa iyo ang buong natitira: {amount} GEM sa dulo.</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>Gusto nitong magbukas ako ng link o program</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>Iniwan itong gaya ng dati. Nasa chain ang pera mo at mabubuksan ito ng seed words mo kahit saan.</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>Hindi ito itinago, at walang binuksan.</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>Hindi ito naipakita sa chain sa oras, kaya hindi ito mababayaran ng kontrata.</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>Hindi ito nagalaw.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>Tumutol ang nagpapagawa; tinanggap ito ulit ng ibang reviewer.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>Tumutol ang nagpapagawa; ni-reject ito ng ibang reviewer.</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>Tumututol ang nagpapagawa. Hahatulan ito ulit ng ibang reviewer.</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>Nagbabayad ang nagpapagawa sa dalawang ibang reviewer para tingnan ulit ang gawang ito na tinanggap na.</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>Isinulat ng nagpapagawa:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>Nasa papel mo ang seed words nito: ibabalik ng mga ito ang wallet sa kahit anong computer.</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>Hindi pa naihambing sa papel mo ang seed words nito. Kung wala ang mga ito, sa folder na ito lang naroon ang wallet.</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>Naubos ang oras nito bago naihatid.</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>Hatulan lang ang hinihingi ng tagubilin, hindi ang gusto mo.</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>Mahahatulan bago ang {time}.</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>Itago ang labindalawang salita mo sa papel sa ligtas na lugar. Minsan sa isang taon, tiyaking nababasa mo pa.</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>Nakatago sa keyring ng system</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Naitago na.</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>Alam na sagot</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>Huling araw para tumutol</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>Huling {n} araw: {paid} GEM bawat oras sa mga bayad na gawain, {all} GEM kasama ang oras na walang bayad</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Mamaya</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>Lampas isang linggo</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>Pinakamababa at pinakamataas</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>Huwag maglagay ng marka sa pagitan ng mga libo.</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>Natitira sa bond mo para sa mga taya: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>Hayaang magtago ng kopya ng voucher mo ang isang bantay o folder.</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>Hayaang ang tatanggap ang maghatid nito.</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Antas</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>Level {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>Level: {level}.</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>Mga linyang isinulat sa {path}: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>Naka-lock para sa iyo sa channel</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>Naka-lock sa channel</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>Naka-lock sa kontrata para sa gawang bukas pa.</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>Tumingin ulit mamaya o pumili ng ibang campaign.</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>Humanap ulit mamaya, o pumili ng ibang folder. Tuloy pa rin ang bersyon mo.</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>Humanap ulit mamaya. Kung galing ito sa USB stick, ipasulat ulit ito.</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>Tingnan ulit kapag oras na nito; sinasabi ng outbox kung kailan.</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>Humanap ulit kapag online ka, o kumuha ng bagong bersyon sa USB stick.</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>Tingnan ulit.</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>Tingnan ang halaga at ang address, at subukan ulit.</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>Tingnan ang sagot at ang tagubilin sa tabi nito.</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>Tingnan ang kaso: dapat ito ang sa gawaing ito, buo at gaya ng pinirmahan.</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>Tingnan ang balanse ng wallet bago ka magbayad ulit.</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>Humanap sa Settings, sa ilalim ng Mga bagong bersyon. Makikita mo kung gaano karaming data ang gagamitin bago mo ito i-download.</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>Tumingin dito bago magtrabaho para sa bagong tao.</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>Tingnan kung may ganoong file na roon, at kung puno ang disk.</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>Huling paghanap: {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>Kailangan ng koneksyon para humanap ng bagong bersyon.</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>Humahanap ng bagong bersyon…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>Karaniwang nawawala</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>Talo: ni-reject din ito ng ibang reviewer.</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>Gumawa ng wallet. Walang gastos, at hindi kailangan ng bangko o pangalan.</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>Gumawa ng isa, o magbalik ng isa mula sa mga salita nito.</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>Gumawa ng isa, o ibalik ang sa iyo, sa window.</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>Magbakante bago kumuha ng dagdag na trabaho; ligtas ang mga nakatago.</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>Magbakante ng espasyo, saka ituloy. Nakatago ang dumating na.</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>Maraming gawaing magkakauri mula sa isang nagpapagawa, iisa ang presyo at mga tuntunin.</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marka</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>Markahan ang kahit isang region.</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>Sinukat sa gawang talagang natapos.</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Mga sukat</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>Mga larawang medikal</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>Mga mensahe mula sa mga nagpapagawa: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>Puwedeng pumunta roon ang pera</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>Puwedeng pumunta roon ang pera agad, sa loob ng limitasyon mo bawat araw, nang walang tanong.</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>Puwedeng pumunta roon ang pera nang walang tanong, sa loob ng limitasyon mo bawat araw, pagkaraan ng ganito karaming oras: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>Mas maraming audit kaysa maipapaliwanag ng suwerte (1 sa {one_in}).</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>Mas marami sa mga huling sagot mo ang na-reject kaysa karaniwan sa iyo.</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>Ilipat ang bahagi ng bond mo sa puwede mong i-claim?</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>Inilipat mula sa bond mo papunta sa puwede mong i-claim</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>Inilipat sa bond mo</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>Maglagay ng bantay o folder sa Settings para may kopya sa ibang lugar.</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>Pangalanan ang may hawak nito.</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>Pangalan: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>Wala sa dalawa</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>Huwag itong kunan ng litrato at huwag sabihin kaninuman, kahit sa amin.</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>Mga bagong abiso: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Mga bagong bersyon</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>Bagong trabaho</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>Baguhan</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>Mga balitang kailangan ng koneksyon para masuri: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>Mga balita: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>Siyam na gawain ang kumikita ng 1 GEM at isa ang wala: 0.90 sa karaniwan.</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>Wala pang nahatulang sagot, kaya walang masasabi tungkol sa pagiging patas.</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>Walang naghihintay na claim tungkol sa gawaing ito.</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>Walang naiwang putol na file, at nasa computer na ito ang gawa mo.</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>Wala pang nahatulang gawa</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>Wala pang nahatulang gawa.</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>Walang ibinigay na key.</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>Hindi na iniaalok</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>Matagal nang offline? Sa Outbox piliin ang “Walang network…” at sumulat ng file sa USB stick.</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>Walang alam na palitan para sa {code} mula sa huling 30 araw. Mag-type ng isa, o hintayin ang sa platform.</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>Wala pang rating.</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>Walang na-reject na iniapela.</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>Walang taya. {fee} ng gantimpala ang bayad sa pagsusuri habang bago pa ang rekord mo; {audit} ng mga sagot mo ang sinusuri. Bumababa ang bayad sa bawat nasuring sagot na tama.</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>Walang gawain dito</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>Walang gawaing babayaran.</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>Walang hatol ng gawaing ito na naghihintay sa chain.</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>Walang nakitang bersyon ng Gems doon.</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>Wala pang gawang puwedeng bunutin para sa audit.</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>Walang sumusuri ng sagot maliban kung magbayad ang nagpapagawa sa dalawang di-kilala; lahat ng iba ay tinatanggap nang ganoon.</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>Wala pang sumulat dito.</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>Walang humatol sa oras, kaya bilang na tinanggap ito.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Wala</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>Walang gawain ngayon para sa iyo ang mga campaign na pinagtatrabahuhan mo.</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>Hindi na-audit</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>Kulang pa ang nasuring gawa.</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>Hindi naipaliliwanag ng narito</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>Hindi pa inihahayag</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>Hindi tama</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>Hindi naipadala: sarado na ang usapang ito</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>Hindi sigurado? Isauli ito; walang mawawala.</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>Hindi tinanggap; sinasabi ng outbox ang gagawin: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>Hindi pa nagamit</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>Wala maliban sa gantimpala; mananatili ang pagka-reject.</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>Walang mai-claim sa chain laban sa platform na ito hanggang irehistro nito ang key nito. Sabihin dito.</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>Hindi puwedeng maglagay ng wala sa channel.</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>Wala pang nababayaran.</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>Walang nabago rito.</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>Wala pang nasasagot.</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>Walang naka-lock para sa bukas na gawa.</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>Walang nawala dahil doon. Kung madalas mangyari, mag-save ng ulat sa Settings.</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>Walang nawala; ginagawa pa ang wallet.</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>Walang kulang. Mula sa bond mo, {amount} GEM ang darating sa dulo.</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>Wala na: ayos na ito.</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>Walang kailangang gawin. Kusang darating ang bond kapag tapos na ang pagsasara.</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>Walang kailangang gawin: kusang ipapadala ulit ang hakbang. Kung ilang araw na itong hindi nababayaran, sabihin sa platform at huwag nang kumuha ng trabaho rito.</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>Walang itinago mula rito. Tuloy pa rin ang bersyon mo.</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>Walang kakaiba: halos ganoon ang dala ng suwerte.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Walang naghihintay ipadala</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>Walang naghihintay ipadala. Puwede pa ring humingi ang file ng balita: mga hatol at bayad.</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>Walang tinanggap, at walang nakataya.</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>Walang tinanggap.</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>Walang nabago at hindi itinago ang mga salita.</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>Walang nabago at hindi itinago ang tinype mo.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Walang nabago.</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>Walang nabago. Nasa computer na ito pa rin ang wallet mo.</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>Walang nailipat.</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>Walang naipadala, at nakatago rito ang lahat ng pinirmahan.</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>Walang naipadala.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>Walang pinirmahan at walang nakataya.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>Walang pinirmahan at walang nabago.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>Walang pinirmahan at walang ipinadala roon. Nasa computer na ito ang mga key at gawa mo.</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>Walang pinirmahan.</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>Wala pang naitago.</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>Walang naitago.</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>Walang kinuha. Puwede kang sumubok ulit.</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>Walang kinuha; ligtas ang nandito at puwedeng tapusin at ipadala.</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>Mga abiso ngayong araw: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Ngayon</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>Mga key ng numero para pumili ng sagot; Enter para tapusin ang gawain. F2 para makita ang lahat ng key.</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>Mga pagtutol ng nagpapagawa sa mga tinanggap na sagot: {n}; pinanigan: {won}.</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>Walang nagpapagawa</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>Ngayon sa mga ito: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>Sa huling {last} mo, {rejected} ang na-reject: hindi kasinggaling ng dati mong takbo.</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>Sa huling {last} mo, {right} ang tama: mas magaling kaysa sa dati mong takbo.</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>Offline: magpatuloy sa trabaho, ipapadala ito mamaya</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>Sa Debian, i-install ang libpulse0. Gumagana ang mga gawaing walang tunog at video.</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>Sa karaniwan</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>Nasa chain, naghihintay ng kumpirmasyon</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>Papalabas na sa bond mo</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>Papalabas na sa bond mo: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>Paparating: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>Isang sagot ang naghihintay ipadala</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>May gagawin kapag sineselyuhan ang mga sagot.</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>Isang numero para sa kung gaano kahusay ang gawa mo, kinuwenta sa computer na ito mula sa mga pirmadong hatol.</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>Tinatanggap ng isa sa mga boto ang gawang ito, kaya wala itong patunay ng pagtanggi.</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>Isang ibang reviewer, na hindi pa humatol dito</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>Isang gawain ang nandito, mga {time} na trabaho</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>Isang gawain na lang sa batch na ito</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>Online</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>Isang chain node lang ang nakatakda, kaya walang mapaghahambingan ng sinasabi nito.</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>Ang tagahatol lang ng mga kondisyon ang puwedeng magpasya nito.</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>Ang kontrata lang ng mga campaign ang puwedeng gumawa nito.</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>Ang kontrata lang na humahatol ang puwedeng gumawa nito.</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>Ang platform lang ang makakabasa nito, at walang makakabago nito sa daan.</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>Ang tatanggap lang ang puwedeng maghatid ng pirmadong bayad na ito.</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>Ang nagpapagawa lang ng campaign ang puwedeng gumawa nito.</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>Ang dalawang panig lang ng channel ang puwedeng magsara nito.</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>Ang pinirmahan lang ng mga gumawa ng Gems ang tinatanggap, galing man sa network o sa USB stick.</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>Ikaw lang ang makakabasa ng folder ng profile.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>{megabytes} MB na lang ang libre sa disk ng profile.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>{megabytes} MB na lang ng memory ang libre.</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>Buksan ang Gems</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>Magbukas ng browser, mag-log in sa network, at subukan ulit.</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>Buksan ang isa para makita ang puwede mong makuha at mawala bago ka kumuha ng anuman.</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>Buksan ang Outbox at basahin kung bakit na-reject ang sagot mo, kasama ang lugar na tinutukoy.</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>Binubuksan ang profile mo</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>Ibang mga campaign</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>Gagawin ng ibang tao ang parehong gawain, isa-isa, hanggang sapat na ang tiyak kung aling sagot ang tama; walang ikalawang subok.</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>Ibang tao ang hahatol ulit. Kung manalo ka, makukuha mo ang bayad at babalik ang bond mo.</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>Nababasa ng ibang user ng computer na ito ang folder ng profile.</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>Hahatulan ito ulit ng ibang reviewer, hanggang {time}.</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>Ibang gawa</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>Ibang mga worker</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Outbox</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>Nabaligtad</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>Utang sa iyo</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>Mababayaran nang hindi lalampas sa</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>Nabayaran na dati; wala sa computer na ito ang gawang pinagmulan</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>Nabayaran sa channel mo</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>Nabayaran sa channel mo.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Naibayad</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>Babayaran kapag sumang-ayon ang iba</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>Babayaran sa susunod na voucher.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Bayad</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>Bayad sa isang review</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>Bayad sa isang gawain</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>Bayad sa mga sagot na ipinadala mo at hindi pa napagpapasyahan. Hindi pa ito sa iyo hanggang doon.</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>Magbayad para sa mas kaunting gawain.</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>Magbayad para sa mas kaunti.</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>Bayad sa pagtingin sa pagtatama mo</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>Magbayad para sa isang gawain o higit pa.</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>Bayad sa mga review na ito</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>Magbayad ng gawa mula sa campaign?</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>Bayad sa gawang hinahatulan ulit. Malapit nang mapagpasyahan kung kanino ito.</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>Bayad sa voucher na ito</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>Ilabas ang kita mo?</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Bayad bawat oras</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>Bayad na napagpasyahan pero hindi pa pirmado. Nasa susunod na voucher ito ng platform.</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>Bayad na pinatutunayan ng pirma ng platform na sa iyo. Puwede mo itong i-claim kung kailan mo gusto.</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>Payment channel</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>Walang bayad at walang itataya.</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>Multa</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>Multa kapag na-reject</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Mga larawan</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>Graphics card ang nagpapakita ng mga larawan.</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>Ipinapakita ang mga larawan nang walang graphics card, at sapat na iyon.</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>Binubuksan sa sariling proseso ang mga larawan ng di-kilala.</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>Haligi</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Praktis</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>Magpraktis sa tatlong halimbawa</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>Inihahanda ang campaign: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>Pindutin ang A kung tama ang sagot.</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>Pindutin ang R kung mali, saka piliin ang dahilan: dapat malaman ng gumawa kung ano ang itatama.</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>Pindutin ang “?” sa tabi ng kahit anong numero para mabasa ang ibig sabihin nito.</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>Malamang wala pang 55 % ng mga sagot mo ang tama.</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>Malamang wala pang 70 % ng mga sagot mo ang tama.</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>Protektahan na lang ang wallet gamit ang password.</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>Protektado ng password mo</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>Inilagay sa kontrata</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>Ayusin ang mga item para sa bawat region.</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>Ayusin ang mga item.</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>Maglagay ng mga taya?</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>Hindi suportado ng Gems ang Python {python}.</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>Hindi ma-load ang Qt.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Lumabas</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>Basahin muna ang tagubilin. Sinasabi nito kung ano ang magandang sagot.</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>Puwede nang i-claim</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>Puwede nang i-claim ngayon: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>I-refresh at pumili ulit.</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>I-refresh at subukan ulit.</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>I-refresh para makita ang lagay.</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>I-refresh, at tingnan ang sinasabi ng chain ngayon.</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>Regular</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Na-reject</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>Mga na-reject na sagot</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>Na-reject noong {time}.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Mga ugnayan</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Relayer</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>Pakawalan ang mga gawaing binayaran na sa iyo?</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>Mag-alis muna ng isa.</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>Alisin ang program sa paraan kung paano ito in-install.</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>Alisin ang program gamit ang uninstall.sh sa folder nito.</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>Alisin ang program gamit ang package manager ng system mo.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Nagpapagawa</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Ulat sa nagpapagawa</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>Nagpapagawa: {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>Mga naka-block na nagpapagawa: {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>Ibalik ang wallet mula sa seed words nito; isantabi muna ang vault.json.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Review</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>Review blg. {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>Review blg. {n}, sinagot nang blind</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>Reviewer</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>Mga nahatulang review: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Gantimpala</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>Gantimpala 1 GEM, bawas 5 %: 0.95 GEM ang makikita at makukuha mo.</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>Gantimpala bawat gawain</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>Gantimpala ng gawain</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Tama</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>Na-save bilang {file}.</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>Selyuhan ulit.</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>Selyuhan at ipadala ang mga sagot mo</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>Selyado at naghihintay ipadala</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>Ikalawang tingin</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>Ikalawang subok</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>Pananakit sa sarili</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>Magpadala ng GEM palabas ng wallet mo?</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>Magpadala ng mas kaunting gawain sa bawat pagkakataon.</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>Ipadala bago ang {time}.</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>Ipadala ito, o bawiin muna.</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>Bawasan ang ipapadala, o i-claim muna ang nasa channel mo.</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>Bawasan ang ipapadala, o maglagay muna ng GEM sa account.</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>Ipadala ang mga tapos na, hintayin ang mga hatol, saka subukan ulit.</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>Ipadala sa loob ng</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>Nasimulan na ang pagpapadala ng sagot na ito: baka nasa platform na.</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>Ipinapadala {done} sa {total}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Naipadala na</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>Naipadala sa ibang address</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>Naipadala, hindi pa nahatulan</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>Naipadala na. Isauli ang USB stick, kasama ang tugon: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>Maglagay ng lock at limitasyon bawat araw kung may ibang gumagamit ng computer na ito.</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>Itakda ang orasan ng computer na ito; mali ang mga oras na ipinapakita nito hanggang doon.</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>Itakda ang orasan; oras ng platform ang gagamitin ng Gems hanggang doon.</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>Itama ang petsa at oras, saka humanap ulit.</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>Settings, kaligtasan at backup</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>Mga natapos mong review na nabaligtad kalaunan: {overturned} sa {reviews}.</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>Seksuwal na nilalaman</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>Ipakita ito sa platform. Kung may file ka ng voucher, o may alam kang bantay na nagtago ng sa iyo, maghanap doon ng mas bagong voucher: sa Settings, Pera, sa ilalim ng Ligtas na nakatago.</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Nilaktawan</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>May ilang humihiling na gumawa ka muna ng mga halimbawa. Walang gastos, at puwedeng ulitin.</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>Baka nakababahala ang ilan dito.</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>May gawaing mas malaki ang kita, may mas maliit o wala. Ito ang karaniwan sa napakaraming gawain.</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>May umapela sa unang hatol; isa ka sa mga hahatol ulit.</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>May iniinsulto o pinagbabantaan</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>May kasali sa panel na wala sa mga reviewer sa mga kondisyon ng campaign.</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>May magdadala ng USB stick sa computer na may network. Walang makababasa o makapagbabago ng gawa mo.</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>Naghahatid ng claim mo sa chain at nagbabayad ng gas coin, sa maliit na bayad.</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>Iba pa</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>May nagkaproblema sa application na ito.</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>May mali sa channel mo</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>May nakaligtaan</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Tunog</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>Kayang buksan ang tunog at video.</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>Hindi kayang buksan dito ang tunog at video.</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>Hindi mabuksan ang tunog at video sa computer na ito: may kulang na library ng system (sa Debian: libpulse0).</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Bilis</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>Taya</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>Taya 0.10, gantimpala 0.50: kapag tinanggap, 0.50 ang kita at babalik ang 0.10 mo.</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>Tayang nakasalalay</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>Bumalik ang taya</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>Nawala ang taya</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>Inilagay ang taya</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>Taya, nawala dahil na-reject</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>Panindigan ang campaign?</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>Simulan ang Gems mula sa desktop session.</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>Simulan ang Gems nang isang beses para gawin ito.</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>Simulan ang Gems: ibabalik nito ang pinakabagong maayos na kopya at itatago ang sirang file. Tingnan ang disk.</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>Simulan ang mas bagong bersyon, o ibalik ang wallet mula sa mga salita nito sa bagong profile.</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>Magsimula gamit ang --home at isang folder sa disk ng computer na ito, o ayusin ang folder na ito para magamit.</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>Nagsisimula</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>Sinisimulan ang chain</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>Sinisimulan ang platform</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>Manatiling online sandali: kusang ibibigay ulit ng Gems ang mga ito. Saka subukan ulit.</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>Manatiling online sandali: kusang ipapadala ng Gems ang mga ito. Saka subukan ulit.</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>Nananatiling libre para i-claim</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>Gumamit ng hindi bababa sa {n} karakter; madaling tandaan ang ilang magkakasunod na salita.</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>Kumuha ng sapat na gawain habang online ka.</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>Bawiin muna ito, kung puwede pa.</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>Huwag nang kumuha ng trabaho sa platform na ito hanggang nakarehistro ang key nito.</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>Huwag kumuha ng trabaho at huwag magpadala ng pera sa network na ito; ihambing ang file nito sa galing sa naglathala.</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>Kumuha ng mga gawain habang online ka; magagawa mo ang mga ito nang walang network.</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>Alisin ang karapatan nilang basahin ito: chmod 700 sa folder.</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Kumuha ng mga unang gawain mo</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>Binawi</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>Pagkuha ng gawain</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>Gawain blg. {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>Gawain blg. {n}, naitama</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>Gawain {index}, subok {attempt}: hahatulan ito ulit ng iba sa round {round}.</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>Gawain {n} ng {campaign}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>Mga nahatulang gawain: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>Mga gawaing malapit nang maubusan ng oras: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>Nakalaan sa iyo ang mga gawaing kinuha mo hanggang sa takdang oras. Walang ibang makakakuha bago iyon.</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>Mga gawaing naubusan ng oras: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>Mga sampu; magagawa mo ang mga ito nang walang network.</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>Mga teksto</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>Katumbas bawat oras</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>Hindi binubuksan ng password na iyon ang wallet na ito.</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>Ipinapakita ng pahinang Trust kung gaano na kalayo.</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>Mas kaunti ang GEM sa account kaysa sa ipapadala.</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>Nagbago ang halaga.</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>Mas malaki ang halaga sa kaya ng channel.</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>Zero o masyadong malaki ang halaga.</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>Ang sagot bago ito itinama</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>Hindi kumpleto ang sagot</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>Hindi pirmado ng worker ng gawain ang sagot.</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>Ang sagot na na-reject</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>Hindi nailagay sa chain ang sagot bago ang takda.</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>Hindi pirmado ng platform ang sagot.</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>Ang panel ng apela ang hahatol. Wala kang kailangang gawin.</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>Hindi pirmado ng platform ang pagkakatalaga.</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>Ipinapakita ng bar ang pinakamababa at pinakamataas na tiyak na sa ngayon. Umiikli ito sa bawat pagsusuri.</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>Dadalhin ka ng malaking button: sa susunod mong gawain, o sa bagong trabaho.</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>Hindi pirmado ng platform ang bill.</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>Ang bond at ang taya ng gawain; mananatili ang pagka-reject.</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>Nawala ang bond na {amount} GEM.</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>Naitago na ang target ng bond.</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>Ang bond na inilagay mo</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>Ang bond; mananatili ang pagka-reject.</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>Isang oras na namang huli ang bus.</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>Walang ganoong round ang campaign.</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>Hindi pa tapos ang campaign.</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>Wala sa computer na ito ang campaign ng review na ito.</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>Wala sa computer na ito ang campaign ng gawaing ito.</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>Masyadong malayo ang katapusan ng campaign.</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>Tapos na sana agad ang campaign.</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>Hindi posible ang mga round, tsansa ng audit o multa ng campaign.</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>Ibang tagahatol ang nasa kontrata ng mga campaign.</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>Kailangan ng tagahatol ng mga campaign.</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>Tungkol ang kaso sa ibang pagkakatalaga ng gawaing ito.</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>Isinulat ang kaso sa {path}</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>Hindi matanong ang chain sa ngayon.</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>Ibang hatol ang nasa chain kaysa rito.</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>Walang pera sa chain para sa campaign na ito.</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>Walang ganoong channel sa chain.</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>Hindi tinanggap ng chain node ang transaksyon: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>Walang ipinapakitang mas bago sa kalahating oras ang mga chain node: tumigil na silang sumunod sa chain.</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>Iba ang sinasabi ng chain sa platform tungkol sa pera: tingnan sa ibaba.</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>Nagsasara o sarado na ang channel.</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>Hindi isinasara ang channel.</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>Hindi naitago ang channel.</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>Ang mga pagsusuri mismo ang pumalya.</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>Mas huling dumating ang claim kaysa sa pinayagan mo.</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>Hindi tinanggap ang claim.</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>Mali ang orasan ng computer na ito.</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>Mukhang mali ang orasan ng computer na ito.</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>Isinasagawa na ang pagsasara.</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>Naibigay na sa relayer ang pagsasara. Darating ang sagot ng chain maya-maya.</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>Hindi pa matatapos ang pagsasara ng channel.</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>Puwede na sanang natapos kahapon ang pagsasara ng channel mo, pero hindi ito tinapos ng platform.</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>Hindi natuloy ang pagsasara ng channel mo na hiniling mo.</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>Papalabas na ang kolateral.</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>Ibinayad na ito ng kontrata sa wallet mo.</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>Iniingatan ng kontrata ang bond mo. Walang huling araw para tapusin ito, at walang ibang makakakuha.</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>Hindi puwedeng kumuha ang kontrata ng ganoon karaming GEM sa account.</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>Tinanggihan ng kontrata ang tawag at walang ibinigay na dahilan: may numerong hindi tugma, o kulang ang gas.</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>Tinanggihan ng kontrata ang tawag: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>Wala nang aayusin ang kontrata sa campaign na ito ngayong araw.</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>Ang kopya ay noong {day}. Mga isinulat ng mas bagong bersyon mula noon: {count}.</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>Hindi mabasa ang database.</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>Sira ang database.</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>Maayos ang database: {answers} sagot, {unsent} hindi pa naipadala.</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>Nasira ang database ng profile na ito.</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>Isinulat ng mas bagong bersyon ng Gems ang database.</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>Mali ang petsa ng computer na ito.</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>Ang pasya sa sagot mo: tinanggap, o na-reject nang may dahilan.</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>Hindi pa tapos ang paghihintay para sa paglabas.</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>Hindi magamit ang paglalarawan ng network.</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>Puno na ang disk, kaya hindi ito na-save.</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>Puno na ang disk.</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>Walang ganoong pahina ang dokumento.</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>Naka-lock ng password ang dokumento.</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>Puwedeng itigil at ituloy ang pag-download anumang oras. Magpatuloy muna sa trabaho.</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>Kinuwenta ulit sa computer na ito ang bunutan.</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>Kulang ang nasa escrow para sa hatol na ito.</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>Isinulat ang patunay sa {path}</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>Mas mabuti kung mas kaunti: humatol ayon sa ipinagawa.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Hindi mabasa ang file.</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>Hindi maisulat doon ang file.</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>Hindi mabuksan ang file.</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>Hindi maisulat ang file.</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>Sira ang file.</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>Wala pa sa computer na ito ang file.</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>Masyadong malaki ang file para buksan nang ligtas.</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>Hindi sa gawaing ito ang file na nasa disk.</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>Bubukas ang file sa password na kaka-type mo para rito.</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>Sira ang file na may hawak ng wallet.</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>Sira ang file na may hawak ng wallet mo.</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>Masyadong matagal magbukas ang file.</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>Hindi mabasa o maisulat ang mga file ng profile na ito.</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>Ang una: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>Mananatili ang unang ulat.</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>Inihahambing ang unang dalawa bago paniwalaan ang pera.</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>Sinasabi ng apat na numero ang kinita mo, ang puwede mong i-claim, ang nire-review at ang naghihintay ipadala.</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>Ang pinakamataas na pinirmahan nito para sa iyo ang bilang at nakatago rito. Pinatutunayan ito ng dalawa nitong pirma.</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>Hindi nakarehistro sa chain para sa platform ang key na ipinipirma nito.</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>Hindi nakarehistro sa chain para sa platform na ito ang key na pumirma.</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>Isinulat ang key sa {path}</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>Mali ang label</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>Sinasabi ng listahan sa dulo kung bakit dumating o umalis ang bawat halaga.</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>Magkaiba ang haba ng listahan ng mga channel at mga halaga.</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>Hindi nagsimula ang lokal na network na pang-praktis.</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>Hindi nabunot ang sagot mo, kaya walang magsusuri nito: tinanggap ito.</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>Hindi pa nasusuri sa chain ang pera.</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>Ang perang ibinabayad sa iyo. Maraming maliliit na bahagi ang isang GEM, para mabayaran ang maliit na gawa.</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>Papalabas na ang pera ng escrow na ito.</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>Sinuri ng computer na ito sa chain ang pera.</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>Humihingi muna ang network ng sarili nitong sign-in.</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>Ang bagong password na ang gagana mula ngayon.</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>Hindi maisulat ang bagong bersyon: puno ang disk, o bawal magsulat doon.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>Magsisimula ang bagong bersyon sa susunod na bukas mo ng Gems, hindi kailanman sa gitna ng trabaho mo.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>Magsisimula ang bagong bersyon sa susunod na bukas mo ng Gems. Walang maaabala sa ginagawa mo.</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>Hindi mabasa ang pinakabagong backup.</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>Ang pinakabago, mula noong {time}</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>Malayo pa ang susunod na grado, {grade}.</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>Sinagot na ng operator ang apela mo, at mananatili ang pagkaalis. Puwede kang sumulat ulit.</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>Sang-ayon sa iyo ang ibang reviewer.</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>Iba ang hatol ng ibang reviewer, kaya hindi babayaran ang review na ito.</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>Walang ganoong upuan ang panel.</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>Hindi ayon sa ayos ng mga address ang panel.</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>Hindi pirmado ng platform ang panel.</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>Tumigil ang bahagi ng Gems na nag-iingat ng mga key mo.</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>Walang laman ang password.</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>Masyadong maikli ang password.</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>Hindi pirmado ng nagpapagawa ng campaign ang bayad.</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>Hindi na-redeem ang bayad ng bill na ito.</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>Huli nang dumating ang pahintulot na kumuha ng GEM.</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>Hindi mabuksan ang larawan.</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>Sira ang larawan.</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>Wala pa sa computer na ito ang larawan.</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>Masyadong malaki ang larawan para ipakita nang ligtas.</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>Hindi sa gawaing ito ang larawang nasa disk.</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>Masyadong matagal magbukas ang larawan.</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>Sumasagot ang platform, pirmado ng key nito, sa {milliseconds} ms.</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>Bumalik ang platform mula sa backup at wala pa rito ang mga pinakabago mong voucher.</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>Hindi maabot ang platform.</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>Hindi maabot ng platform ang mga larawan, tunog at video nito.</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>Hindi maabot ng platform ang imbakan nito.</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>Hindi maabot ng platform ang chain.</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>Isinasara ng platform ang channel mo</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>Hindi nabasa ng platform ang ipinadala.</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>May binibilang na mga hatol ang platform na tinanggihan ng computer na ito, dahil hindi matibay ang patunay. Tinitingnan ulit ang mga ito sa bawat pagsisimula; kung ganito pa rin, ipakita sa platform ang mga bilang. Mga tinanggihang hatol: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>Iba ang bilang ng platform sa rekord mo kaysa sa computer na ito, kaya hindi magiging sa iyo ang bayad at tsansa ng audit nito. Mga audit na naipasa nang sunod-sunod, mga tamang gawain ng uring ito, at mga nasuring gawain ng uring ito, ayon sa bilang nito at ng computer na ito: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>{theirs} ang bilang ng platform na audit na naipasa, {ours} ang sa computer na ito.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>{theirs} ang bilang ng platform na nasuring gawain, {ours} ang sa computer na ito.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>{theirs} ang bilang ng platform na tamang sagot, {ours} ang sa computer na ito.</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>Hindi tinanggap ng platform ang sign-in.</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>Hindi ito tinanggap ng platform</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>Hindi ito tinanggap ng platform.</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>Hindi ito tinanggap ng platform. Sa iyo na ulit ang isinuko mo para rito.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>Hindi tinanggap ng platform ang apela mo: huli na itong dumating.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>Hindi tinanggap ng platform ang apela mo; mananatili ang pagka-reject.</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>Hindi ito pinapayagan ng platform sa account mo.</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>Wala na nito ang platform.</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>Wala sa platform ang campaign na ito.</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>Hindi tinatanggap ng platform ang gawa mo. Kapag ipinakita sa chain bago matapos ang oras, bilang ito na naihatid; kung walang sumunod na hatol, mababayaran ka ng kontrata mula sa kolateral ng platform.</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>Wala nang ibinibigay na gawain ang platform ngayon.</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>Grado {theirs} ang bigay sa iyo ng platform, {ours} ang kuwenta ng computer na ito.</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>Hindi ka na binibigyan ng platform ng gawain. May tao sa platform na babasa ng isusulat mo.</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>Nawala ng platform ang mga pinakabago nitong rekord. Ibinigay ulit dito ang mga voucher at gawa mo.</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>Inanunsyo ng platform na kukunin na nito ang kolateral nito.</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>Nasa platform na ito at nagtatanong sa ibang reviewer.</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>Nawala ng platform ang mga pinakabago nitong rekord at hindi nito tinanggap pabalik ang mga voucher mo.</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>Walang kolateral ang platform na makakabayad nito.</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>Hindi ginawa ng platform ang parte nito. Puwede mo itong dalhin sa kontrata.</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>Hindi pa nababayaran ng platform ang isang hakbang palabas ng bond mo na pinirmahan mo.</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>Walang bago ang platform para sa iyo.</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>Bahagi lang nito ang nasa platform.</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>Ipinakita ng platform sa chain na wala itong utang para sa gawang ito.</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>Pumirma na ang platform para rito</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>Pumirma ang platform na natanggap nito ang gawa mo, pero wala itong dinalang hatol. Mababayaran ka ng kontrata mula sa kolateral ng platform.</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>Nasa platform na ang apela mo; hahatol ulit ang ibang reviewer.</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>Isinasara ng platform ang channel mo at hindi tinatanggap ng relayer nito ang claim mo.</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>Isinasara ng platform ang payment channel mo.</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>Kinukuha na ng platform ang kolateral nito, kaya walang ilalagay na taya para sa gawa nito.</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>Puwedeng kunin ng platform sa pera ng campaign, sa kabuuan: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>Nagkaroon ng sariling error ang platform.</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>Nag-aalok ang platform ng review na iba ang bayad o taya sa pangako ng campaign.</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>Nag-aalok ang platform ng gawaing iba ang bayad, taya o tsansa ng audit sa pangako ng campaign.</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>Bubuksan ito ng platform hanggang {time}.</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>Ganoon ding halaga ang utang sa iyo ng platform, handa nang i-claim. Kung hindi ito sumagot, ang hakbang na ito lang ang puwedeng mawala sa iyo.</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>Tinanggihan ito ng platform.</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>Sinasabi ng platform na mas malaki ang inilagay mong taya kaysa sa alam ng computer na ito.</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>{theirs} ang sabi ng platform; {ours} ang lumalabas sa mga pirmadong resulta.</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>Mas mababa ang voucher na ipinapakita ng platform kaysa sa inilathala nito.</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>Pinirmahan ng platform na nasa kanya na ang sagot mo.</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>Dalawang magkaibang voucher na may iisang numero ang pinirmahan ng platform.</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>Pinirmahan ng platform ang bayad mo</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>May oras pa ang platform para sagutin ang claim na ito.</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>May oras pa ang platform para sumagot.</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>May oras pa ang platform, hanggang {time}. Pagkatapos noon, puwede na itong dalhin.</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>Iba ang paraan ng pagtanggap ng platform sa mga upload.</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>Naghihintay ang platform na pakawalan ang mga gawaing binayaran nito sa iyo.</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>Gusto ng platform na mag-sign in ka ulit.</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>Mas mababa ang nasa arawang file ng mga voucher ng platform kaysa sa pinirmahan nito para sa iyo dati.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>Wala rito ang key ng platform para sa mga carry file.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>Masyado nang luma ang key ng platform para sa mga carry file.</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>Wala pa rito ang key ng platform. Ikonekta ang computer na ito sa network nang isang beses, isang minuto lang.</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>Hindi nakarehistro sa chain ang key ng platform, kaya walang ilalagay na taya para sa gawa nito.</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>Ang pirma ng platform para sa lahat ng utang nito sa iyo. Dahil dito, babayaran ka ng chain anuman ang mangyari.</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>Sinuri sa computer na ito ang pirma ng platform nang dumating ito.</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>Hindi nagsisimula ang prosesong nagbubukas ng mga larawan.</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>Bukas ang profile sa ibang window ng Gems.</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>Wala pa sa computer na ito ang profile na {profile}.</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>Nandito ang profile na {profile}.</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>Hindi masulatan ang folder ng profile.</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>Hindi pirmado ng platform ang resibo.</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>Naka-encode ang recording o video sa paraang hindi pinapayagan dito.</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>Masyadong mahaba ang recording, video o dokumento para buksan nang ligtas.</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>Walang binago ang tinanggihang tawag, at walang gumalaw na GEM.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>Walang binago ang tinanggihang tawag. Mananatili sa escrow ang naroon.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>Walang binago ang tinanggihang tawag. Nakatago ang patunay mo at puwedeng dalhin ulit.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>Walang binago ang tinanggihang tawag. Nakatago sa computer na ito ang mga voucher mo.</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>Pinal na ang pagka-reject. Nawala ang taya mong {amount} GEM.</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>Mas mataas ang bayad sa relayer kaysa sa dala ng claim.</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>Hindi pirmado ng worker ang pagpapakawala.</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>Hindi na-save ang ulat: puno ang disk o hindi masulatan.</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Ang nagpapagawa</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>Tumutol ang nagpapagawa.</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>Oras na para umalis ang nagpapagawa: wala nang bagong hatol.</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>Mas mataas ang gantimpala kaysa sa nasa mga kondisyon.</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>Hindi hihigit ang gantimpala sa puwede para sa pag-ulit.</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>Ang gantimpala ng gawain; babalik ang bond at ang taya, at hindi bilang ang pagka-reject.</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>Ang gantimpala ng gawain; babalik ang taya, at hindi bilang ang pagka-reject.</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>Ang tuntunin: ibang tao ang gumagawa ng iisang gawain, hanggang sapat nang tiyak kung aling sagot ang tama.</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>Ang tuntunin: dalawang di-kilala ang titingin. Kung parehong pangit ang tingin nila, saka lang ibabalik ang bahagi ng bayad.</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>Ang tuntunin: {k} sa {n} reviewer ang dapat magkasundo.</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>Mula {first}, naging {last} ang score.</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>Ang screen mismo ang gumagamit ng key na ito. Pindutin ang isang letra, numero o simbolo.</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>Alas-nuwebe nagbubukas ang tindahan.</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>Hindi galing sa account na may-ari ng GEM ang pirma.</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>Huli nang dumating ang pirmadong bayad.</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>Wala pang bisa ang pirmadong bayad.</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>Hindi mabasa ulit ngayon ang mga pirmadong boto. Sinuri na ang mga ito nang dumating.</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>Nagsisimula o nagtatapos sa patlang ang pinagmulan ng isang palitan.</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>Ang pinagmulan ng isang palitan ay hindi isang linya ng simpleng teksto na hanggang 80 karakter.</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>Ang taya ng gawain, na nailigtas sana ng ikalawang subok; mananatili ang pagka-reject.</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>Ang taya na inilagay mo</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>Hindi tinanggap ang taya.</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>Hindi galing sa worker ng channel ang pirma ng taya.</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>Kayang itago ng keyring ng system ang key ng wallet.</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>Natapos ang gawain nang walang hatol, kaya bumalik ang inilagay mo.</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>Wala sa bill na pinirmahan ang gawain.</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>Wala pang kalahati ng panel ang botong hinihingi ng mga kondisyon.</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>Mas maraming boto ang hinihingi ng mga kondisyon kaysa sa nasa panel.</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>Mahigit 30 araw ang ibinibigay ng mga kondisyon para sa pag-ulit.</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>Walang platform sa mga kondisyon, o hindi ito puwede.</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>Walang nagpapagawa sa mga kondisyon, o hindi ito puwede.</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>Walang ibinabayad ang mga kondisyon para sa gawain.</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>Lampas sa hangganan ang bahagi ng mga gantimpala sa mga kondisyon.</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>Hindi pa tapos ang oras ng mga apela.</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>Lampas sa hangganan ang oras ng mga apela.</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>Tapos na ang oras ng mga apela.</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>Naubos ang oras para rito</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>Tapos na ang oras para rito.</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>Tapos na ang oras ng unang gawain dito.</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>Tapos na ang oras para umapela.</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>Hindi magagawa ang token kung walang tatanggap nito.</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>Hindi inilipat ng token ang GEM.</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>Hindi tinanggap ang paglipat.</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>Hindi magkasalungat ang dalawang mensahe.</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>Magkaibang gawain ang dalawang bahagi ng kaso.</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>Magkaiba ang dalawang password.</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>Hindi na-install ang update.</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>Pirmado ang hatol at mga boto nito. Sinuri ng computer na ito ang bawat pirma at ito mismo ang nagbilang ng halaga.</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>Ang sagot ng mga reviewer ang sagot ng gawain; walang ikalawang subok.</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>Gumagana pa rin ang naka-install na bersyon. Hindi ginalaw ang wallet at gawa mo.</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>Hindi ayon sa ayos ng upuan ang mga boto.</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>Walang dala ang voucher na hindi pa na-claim dati.</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>Nakatago sa computer na ito ang voucher.</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>Hindi pirmado ng key ng channel na ito ang voucher.</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>Tapos na ang paghihintay. Magbabayad ang kontrata kapag may humiling nito, kahit sino.</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>Naka-lock ang wallet.</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>Hindi sinimulan ang paglabas ng kolateral.</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>Hindi sinimulan ang paglabas ng escrow na ito.</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>Nakaupo sa panel ng gawain ang worker nito.</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>Baka mawala ang {amount} GEM na itinaya mo rito.</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>Saka buksan ang Maghanap ng trabaho at kunin ang mga unang gawain mo.</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>Saka darating ang hatol ng iba; idaragdag ang bayad mo kapag sapat na ang nagkasundo.</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>Mas kaunti ang boto kaysa sa kailangan ng hatol.</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>May iba pang balita; sumulat ng isa pang file para makuha</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>Walang gumagalaw na larawan sa file.</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>May mga boto para sa gawaing walang sagot.</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>May profile na may ganitong pangalan.</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>May screen na magagamit.</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>May wallet, pero hindi pa na-type ulit ang seed words nito.</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>May wallet; naisulat at na-type ulit ang mga salita nito.</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>Mas kaunti ang nasa channel mo kaysa sa bayad sa relayer.</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>Walang tunog o larawan sa file.</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>Wala pang backup ang database.</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>Walang kontrata ng mga campaign sa ibinigay na address.</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>Walang kopya bago ang update dito.</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>Wala pang database.</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>Wala ritong huling hatol tungkol sa gawaing ito.</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>Wala nang kasunod na round na maaapelahan.</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>Walang keyring na ligtas gamitin.</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>Walang mas bagong voucher doon; ang sa iyo ang pinakabago.</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>Walang bukas na payment channel na mapaglilipatan.</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>Wala pang payment channel.</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>Walang ulat tungkol sa nagpapagawang ito.</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>Walang espasyo para sa file.</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>Walang screen na magagamit.</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>Walang tunog sa file.</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>Walang ganoong folder para sa file ng voucher.</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>Walang ganoong larawan sa video.</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>Walang ganoong profile sa computer na ito.</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>Walang token sa ibinigay na address.</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>Walang hatol dito na naghihintay sa iyo.</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>Walang hatol dito na puwede mong iapela.</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>Walang hatol na maiaapela.</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>Wala pang voucher.</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>Wala pang wallet dito.</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>Wala pang wallet.</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>Walang trabahong ganitong uri ngayon.</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>Hindi ganoon kalaki ang libre sa bond mo.</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>Walang babayaran dito ang kontrata: bayad na ito, o may oras pa ang platform.</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>Wala pang babayaran dito ang kontrata.</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>Wala pang mai-claim na sulit sa bayad sa relayer.</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>Kulang ang espasyo sa disk para sa gawang ito.</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>Kulang ang espasyo sa disk.</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>Kulang ang espasyo sa disk: {size} pa ang kailangan.</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>Walang koneksyon.</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>Mas marami ito sa puwedeng maging gawain ng isang campaign.</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>Hindi ito ang mga salita ng bagong wallet mo.</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>Ito ang mga bilang para sa baguhan; magbabago ang mga ito ayon sa mga nasuri mong gawa.</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>Walang salita mula sa listahan sa mga puwestong ito: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>Pirmado na ang mga ito at aalis kapag may koneksyon.</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>Hindi nila nakita ang sagot mo bago nila ibinigay ang sa kanila.</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>Isinulat nila:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>Wala sa address book mo ang address na ito.</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>Puwedeng basahin sa dalawang paraan ang halagang ito.</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>Umalis na sa outbox ang sagot na ito.</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>Hindi pa kumpleto ang sagot na ito: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>Tinanggap na ang sagot na ito; binabayaran ka ng nagpapagawa para tingnan ito ulit.</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>Walang praktis ang campaign na ito.</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>Para sa grado A lang ang campaign na ito.</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>Para sa grado B at mas mataas ang campaign na ito.</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>Para sa grado C at mas mataas ang campaign na ito.</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>Tapos na ang campaign na ito.</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>Sinelyuhan ang carry file na ito para sa ibang platform, o masyado nang matagal.</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>Ang computer na ito mismo ang nagbibilang ng utang sa iyo, at hindi tumatanggap ng voucher na kulang.</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>Walang ligtas na keyring ang computer na ito, o nakasara ito.</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>Nakita ito ng computer na ito sa chain.</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>Tugma ang orasan ng computer na ito sa platform.</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>{minutes} minuto ang layo ng orasan ng computer na ito sa platform.</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>Napatunayan na dati ang pagkakasalungat na ito.</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>Ginawa ang kopyang ito ng Gems nang walang update.</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>Walang voucher sa file na ito.</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>Carry file ito, hindi tugon sa isa.</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>Tugon ito, hindi file na ipapadala.</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>Para ito sa operator ng platform: tingnan muna ang kolateral.</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>Ganito ang hitsura ng abiso</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>Mas maraming GEM ito kaysa sa kaya ng campaign.</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>Mas malaki ito sa puwedeng umalis sa isang araw nang walang tanong: {limit} GEM, kung saan {spent} GEM na ang nagamit ngayon.</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>Hindi ito address, o may maling letra.</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>Hindi ito carry file, o naputol ito.</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>Hindi ito tamang address: may letra o numerong mali, kulang o sobra.</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>Hindi ito keystore file na mabubuksan ng Gems.</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>Hindi ito larawan ng uring pinapayagan (PNG, JPEG o WebP).</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>Hindi ito private key: may 64 na karakter ang key mula 0 hanggang 9 at a hanggang f.</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>Hindi ito recording, video o dokumento ng uring pinapayagan (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>Hindi ito halaga ng GEM.</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>Hindi ito ang subok bago ang pag-ulit.</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>Hindi ito code ng isang currency.</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>Hindi ito ang halaga ng isang GEM.</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>Ito ang pinakabagong bersyon.</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>Sarili mong campaign ito.</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>Hindi nakarehistro para sa platform ang key na ito.</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>Ganito karaming review ang ihahatid, sinelyuhan noong {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>Ganito karaming gawain ang ihahatid, sinelyuhan noong {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>Ganito karaming gawain ang pakakawalan, sinelyuhan noong {time}: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>Walang gagalaw na pera rito.</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>Nagbibilang ng megabyte ang network na ito, at inilalaan mo iyon sa ibang bagay.</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>Hindi na tinatanong ang node na ito: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>Hindi puwedeng magkaroon ng key ang opsyong ito.</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>May wallet na ang profile na ito.</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>Hindi ma-update ng program na ito ang sarili: hindi masulatan ang folder nito.</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>Sa file ng ibang tao ang tugong ito, o sa isang isinulat mo noon pa.</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>Nabago o nasira sa daan ang tugong ito, kaya tinanggihan ito.</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>Ginagawa ang review na ito sa paggawa ng gawain.</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>Hindi na bukas ang review na ito.</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>Naisagawa o nabawi na ang pirmadong bayad na ito.</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>Hindi na maisasauli ang gawaing ito.</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>Hindi blind review ang gawaing ito.</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>Wala sa computer na ito ang gawaing ito.</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>Hindi na bukas ang gawaing ito.</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>Hindi na mababago ang gawaing ito.</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>Tinanggap at binayaran na dati ang gawaing ito.</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>Dinala na sa chain dati ang gawaing ito.</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>Hindi binayaran nang maaga ang gawaing ito.</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>Walang password ang wallet na ito.</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>Nagawa na ito sa ibang paraan.</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>Hindi ito kinumpirma sa sariling window ng wallet.</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>Hindi ito pinirmahan: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>Wala nang kopyang ipapadala sa bantay na ito: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>Hindi kilala ang ganitong paraan ng pagtatago ng wallet.</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>Hindi kinuha ang trabahong ito: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>Hindi makikita ng mga sumusuri ang sagot mo bago nila ibigay ang sa kanila.</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>Tatlong halimbawa</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Oras</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>Oras para sa isang gawain</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Natitirang oras</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Tagal bago magbayad</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>Oras sa mga gawaing walang kinita: isinauli, na-reject o nilaktawan.</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>Ida-download</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Ida-download para sa isang gawain</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>Ang paglipat ng bayad mo mula sa channel papunta sa wallet mo. Saka mo lang ito puwedeng ipadala.</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>Sa address na ito:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>Agad sa wallet mo: {amount} GEM. {fee} GEM ang bayad sa relayer.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Ngayong araw</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>Ubos na ang megabyte ngayong araw.</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Kabuuan</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>Kulang ang tama sa mga nasuri mong sagot para magpatuloy.</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>Kulang pa ang nahatulang gawa para masabi kung gaano kadalas mag-reject.</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>Kulang ang nagawa para masukat ito.</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>Sobrang daming hiling sa maikling panahon.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>{n} beses sinubukan; susubukan ulit sa {time}.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>{n} beses sinubukan; susubukan ulit sa susunod na koneksyon.</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Trust</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>Trust score</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>Subukan ulit pagkaraan ng isang minuto.</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>Subukan ulit mamaya.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>Subukan ulit. Kung ganito pa rin, magsimula gamit ang --fresh para ulitin ang network na pang-praktis.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>Subukan ulit; kung ganito pa rin, isauli ang gawain nang walang bayad.</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>Subukang kunin ulit ang trabaho.</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>Labindalawang salita</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>Labindalawang salitang nagbubukas ng wallet mo kahit saan. Hawak ng may alam nito ang pera mo: huwag sabihin kaninuman.</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>Dalawang ibang reviewer ang nakakitang hindi ito maganda: bumalik sa nagpapagawa ang bahagi ng gantimpala.</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>I-type ulit; tingnan ang Caps Lock at ang keyboard. Maibabalik din ito ng seed words mo.</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>I-type ang pareho nang dalawang beses.</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>Sa GRAM, ang taya ng worker ay dapat ang multa.</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>Sa Pagbabasa mo pinapalitan ang wika, mga titik at mga kulay.</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>Sa Trabaho at data mo sinasabi kung ilang megabyte ang puwedeng gamitin ng program sa isang araw.</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>Sa ilalim ng bawat gawain, makikita mo kung ano ang susunod at hanggang kailan.</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>I-unlock ulit ang wallet; kung hindi makatulong, simulan ulit ang Gems.</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>I-unlock ang wallet at subukan ulit.</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>Oras na walang bayad</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>Hanggang hindi ito nakarehistro, walang ilalagay na taya ang Gems para sa gawa nito: walang kontratang didinig sa kaso mo.</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>Dapat maipadala ang sagot mo hanggang doon. Pagkatapos, mapupunta na sa iba ang gawain.</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>Hanggang matapos ito, walang ilalagay na taya ang Gems para sa gawa nito.</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>Hanggang sa oras na ito, puwede kang tumutol o ang kabilang panig. Pagkatapos, tuluyan na ang hatol.</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>I-update ang Gems, saka subukan ulit.</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>I-update ang Gems. Kung mangyari ulit, mag-save ng ulat sa Settings at sabihin sa amin.</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>Gumamit ng ibang chain node sa Settings.</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>Gumamit ng ibang chain node, o magdagdag ng ikalawa para maihambing, sa Settings.</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>Gumamit ng ibang profile para sa ibang wallet.</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>Gumamit ng ibang chain node: ilagay ang mga address nila sa Settings.</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>Gamitin ang key na gumawa sa campaign.</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>Gamitin ang nakapaketeng application, o Python 3.11 hanggang 3.13.</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>Gamitin ang window na bukas na, o isara muna ito.</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>Gamitin ang key nila.</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>Ginamit {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>Karaniwang nagbabayad sa loob ng</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Hatol</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>Mga reviewer</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>Magpapasya ang mga reviewer bago ang {time}.</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>Mga reviewer ang susunod na magpapasya. Wala kang kailangang gawin.</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>Nahatulan na ito ng mga reviewer, pero hindi ka binayaran ng platform. Mababayaran ka ng kontrata mula sa escrow ng campaign.</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>Dalawang beses na hindi nagsimula ang bersyon {new}, kaya {old} ulit ang tumatakbo.</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>Puwede nang i-download ang bersyon {version}.</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>Dina-download ang bersyon {version}.</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>Handa na ang bersyon {version}.</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>Beterano</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Mga video</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>Karahasan</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>Voucher</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>Voucher {n} noong {time} ang nagbabayad nito. Sa kabuuan, {paid} GEM ang puwedeng i-claim at {bonded} GEM ang para sa bond.</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>Maghintay sandali; susubok ulit ang Gems.</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>Hintaying hindi na ito mababago.</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>Hintaying dumating ito.</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>Hintaying matapos ito.</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Hintaying magawa ito.</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>Hintaying matapos ito, saka subukan ulit.</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>Hintaying ipakita ito ng chain.</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>Hintaying mapinal ang hatol, saka tapusin ang paglabas.</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>Maghintay, saka i-type ulit ang password. Maibabalik din ito ng seed words mo.</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>Naghihintay ng susunod na koneksyon</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Wallet</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>Bantay</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>Linggo mula {day}: {had} ang na-audit, {expected} ang inaasahan</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>Ibinalik: dalawang tao ang nakakita na pangit ang gawa</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>Ang saya ng araw natin!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>Ang mawawala sa iyo sa na-reject na sagot bukod sa gantimpala. Hindi ito hihigit sa taya mo.</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>Ang perang inilagay ng nagpapagawa para bayaran ang gawa. Hindi niya ito makukuha habang may bukas na gawain.</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>Hindi ang platform ng network na ito ang sumasagot.</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>Ang hindi kasya ay isasama sa susunod na file: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>Ano ang nararamdaman ng sumulat?</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>Hindi na taya ang lumabas na sa bond.</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>Hindi na mababago ang naihatid. Walang gagalaw na pera rito.</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>Hindi kinuha ang hindi napatunayan. Bumalik ang mga pirmado, at ang pera mo ay ayon sa sinasabi ng mga pirma.</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>Hindi na mababawi ang naibayad.</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>Hindi na mababawi ninuman ang naipadala. Ihambing ang buong address sa ibinigay sa iyo.</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>Ang puwedeng umalis sa wallet mo sa isang araw nang hindi nagtatanong. Kung higit pa, magtatanong muna ang wallet.</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>Ang kinita ng mga tao rito sa isang oras, sinukat sa gawang nabayaran.</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>Isinasantabi sa folder ng profile ang isinulat ng mas bagong bersyon, hindi kailanman binubura.</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>Ang perang inilagay ng platform para bayaran ka. Hindi hihigit dito ang puwedeng maging utang nito sa iyo.</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>Ang kinukuha ng program para sa isang gawain. Malaki ang mga larawan at tunog, maliit ang teksto.</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>Ang naipadala at nakuha ng program ngayong araw. Sa Settings mo itinatakda ang pinakamarami.</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>Ang kinukuha ng relayer sa paghatid ng claim mo. Makikita mo ito bago pumirma; hindi ito hihigit.</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>Wala na sa computer na ito ang pinagbasahan ng galaw na ito.</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>Kusang ipinapadala ang naghihintay kapag online ka, o agad gamit ang “Ipadala na”.</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>Masyadong luma para pagkatiwalaan ang nakita.</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>Hindi pirmado ng mga gumawa ng Gems ang inialok.</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>Mas malaki ang ipinadala kaysa sa tinatanggap ng platform.</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>Mananatili sa channel mo ang kinita mo.</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>Ang makukuha mo sa isang gawain kapag tinanggap.</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>Nakatago rito ang kinita mo at puwedeng i-claim. Tuloy ang trabahong walang taya.</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>Nakatago rito ang kinita mo. Tuloy ang trabahong walang taya.</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>Mai-claim ang ibinabayad ng pinakabago mong voucher hanggang matapos ang pagsasara.</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>Agad darating sa wallet mo ang ibinabayad ng pinakabago mong voucher, bawas ang bayad.</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>Ihahatid para sa iyo ang ibinabayad ng pinakabago mong voucher. Darating ang bond mo kapag tapos na ang pagsasara.</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>Kapag na-reject ka</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>Kapag nagpapadala ng GEM, ihambing ang buong address. Hindi na ito mababawi.</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>Kung saan ligtas na nakatago ang bayad mo. Ikaw lang ang makaka-claim nito, at walang makababawi.</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>Ang nagpapagawa at nagbabayad nito.</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>Ang nag-install nito ang makapaglalagay ng bagong bersyon doon. Nakatago sa ibang lugar ang wallet at gawa mo.</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>Ang may hawak ng file at ng password na iyon ay may hawak ng lahat sa wallet na ito, habambuhay. Hindi kailanman hihingi ng ganoong file ang Gems sa iyo.</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>Ang sumakop sa computer na ito ay makakapagpadala ng ganito kalaki nang walang pagpayag mo.</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>Ang sumulat nito ang dapat sumulat ulit.</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>Kasama ang seed ng nagpapagawa</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>Kung dalawa ang node ng magkaibang operator, mapapansin ang nagsisinungaling.</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>Kung {right} sa susunod na sampu ang tama: hindi bababa sa {low} %, grado {grade}.</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>Sa loob ng isang araw</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>Sa loob ng isang linggo</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>Sa loob ng isang oras</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>Sa loob ng tatlong araw</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>Walang network, gamit ang USB stick</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>Kung walang resibo ng platform, ang naitala lang sa oras ang mai-claim.</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>Panalo: tinanggap ang sagot mo.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Mga salita</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Trabaho</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>Magtrabaho gaya ng dati. Sinasabi ng linya sa ibaba na offline ka; walang mawawala.</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>May gawa kang hindi pa bayad. Hindi na ito mababayaran sa channel na ito.</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>Magtrabaho offline</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>Sarado sa iyo ang trabahong humihingi ng taya hanggang magtabi ka ulit ng bayad sa bond.</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>Unahin ang trabahong walang taya: ang unang kita ang pupuno sa bond.</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>Nagtatrabaho offline, gaya ng pinili mo</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>Pinakamasama sa isang gawain</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>Mga sugat at aksidente</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>Sumulat ng kahit isang letra.</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>Sumulat ng numero na hanggang 18 decimal, gaya ng 0.25.</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>Sumulat ng numero na hanggang 8 decimal, gaya ng 12.50.</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>Isulat ang tatlong malalaking titik nito, gaya ng KES.</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>Isulat ang labindalawang salita sa papel, nang sunod-sunod. Ito lang ang daan pabalik sa pera mo.</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>Isulat at kumpirmahin ang mga ito: kung wala ang mga ito, kasamang mawawala ang pera kapag nasira ang disk.</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>Isulat kung ano ang tama sa sagot mo.</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>Isulat ang sagot mo para sa bawat region.</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>Isulat ang sagot mo.</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>Naisulat at napirmahan. Aalis ito kapag may koneksyon na.</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>Naisulat, hindi pa naipadala</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>Naisulat: {name}. Ibigay ang USB stick sa taong may koneksyon.</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Mali</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>Oo, nangangako ako</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>Oo, idagdag</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>Oo, umapela</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>Oo, baguhin</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>Oo, isara</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>Oo, i-export</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>Oo, ihatid</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>Oo, ilipat</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>Oo, magbayad</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>Oo, ilabas ang kita</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>Oo, ilagay</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>Oo, pakawalan</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>Oo, ipadala</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Ikaw</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>Tinanggap mo ang sagot.</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>Kamakailan mo lang idinagdag ang address na ito. Hindi na ito itatanong simula: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>Sumagot ka.</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>Umapela ka at natalo: ni-reject din ito ng ibang reviewer.</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>Umapela ka at nanalo.</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>Umapela ka.</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>Umapela ka. Hahatulan ito ulit ng ibang reviewer.</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>Puwede mo itong i-claim sa pahinang Kita.</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>Nag-claim ka ng 10 GEM, 0.02 ang bayad: 9.98 ang darating.</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>Itinama mo ito: ang ikalawang subok mo ang papalit.</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>Itinama mo ang sagot mo.</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>Nagsauli ka ng gawain. Walang mawawala sa iyo at babalik ang taya mo.</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>Isinusuko mo ang apela, kasama ang gantimpala ng gawaing ito.</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>Isinusuko mo ang ikalawang subok at ang apela, kasama ang gantimpala ng gawaing ito.</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>Isinusuko mo ang ikalawang subok, kasama ang gantimpala ng gawaing ito.</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>Bumalik sa iyo ang gawain para itama, hanggang {time}.</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>Tinanggap mo na ang sagot na ito.</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>Ni-reject mo ang sagot na ito: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>Nilaktawan mo ang sagot na ito.</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>Umapela ka na.</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>Umabot ka na sa dami ng di-tapos na batch na puwede sa isang account.</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>Natapos mo na ang ikalawang subok.</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>Natapos mo na ang ikalawang subok; bawiin muna ito kung mas gusto mong umapela.</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>Naihatid mo na ang ikalawang subok, kaya mananatili ang unang hatol.</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>Naipasa mo ang praktis nito.</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>Nabasa mo na ang tugong ito. Walang bago rito.</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>Naiulat mo na ito.</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>Nasa iyo na ang pinakamataas na grado.</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>May itinatabi kang 2 GEM doon; humihingi ang gawain ng taya na 0.10, kaya 1.90 ang libre pa.</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>Hinayaan mo na ang pagka-reject.</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>Masyadong maraming apelang walang bond ang natalo mo kamakailan.</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>Puwede mong iapela ang pagka-reject: iba ang hahatol noon.</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>Puwede kang umapela hanggang {time}.</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>Puwede mong itama nang isang beses ang na-reject na sagot at ipadala ulit.</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>Puwede mo itong itama.</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>Puwede kang mag-review ng ganitong uri ng gawa.</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>Hindi mo kailangan ng gas coin: relayer ang nagbabayad.</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>Ipinapangako mo ang teksto, bayad at mga tuntunin nito sa lahat ng gagawa rito.</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>Ni-reject mo ang sagot.</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>Ni-reject mo ang sagot: {reason}.</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>Iniulat mo ito</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>Na-save mo ito bilang kaso para sa kontrata.</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>Sinasabi mong mali ang pagka-reject, at ibang tao ang hahatol ulit. Ang pasya nila ang masusunod.</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>Pinirmahan mo ito sa computer na ito.</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>Isinulat mo:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>Ipinapakita ng pahinang Trust mo kung gaano ka pa kalayo.</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>Puno na ang puwedeng itago ng account mo.</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>Tinanggap ang sagot mo.</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>Nabunot ang sagot mo para suriin.</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>Na-reject ang sagot mo.</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>Ang sagot mo:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>Nakatago at hindi nagalaw ang mga sagot at pera mo.</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>Nahatulan na ang mga sagot mo sa “{title}”. Kumusta ang nagpapagawa nito?</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>Naisulat at napirmahan na ang apela mo; aalis ito kapag may koneksyon na.</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>Aalis ang apela mo sa susunod na koneksyon. Wala kang kailangang gawin.</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>Naghihintay sa operator ng platform ang apela mo. Papalit dito ang isusulat mo ngayon.</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>Susunod ang bond mo kapag tapos na ang pagsasara. Aabutin iyon ng tagal na itinakda noong binuksan ang channel mo.</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>Kulang ang nasa bond mo para sa bond ng apelang ito.</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>Kulang ang nasa bond mo para sa taya.</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>Ang bond mo, nang matapos ang channel</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>Isinasara ang channel mo</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>Bukas pa rin gaya ng dati ang channel mo, at walang kinuhang bayad.</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>Ang channel mo ang nagbayad para sa mga ito, kaya wala nang sisingilin pa para sa perang iyon. Walang gagalaw na pera rito.</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>Mananatiling bukas ang channel mo at sa iyo pa rin ang laman nito.</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>Nasa wallet mo na ang claim mo</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>Nanatili ang data mo.</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>Ang una mong bayad</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>Sinasabi ng grado mo kung gaano katama ang nasuring gawa mo.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>Nasa computer na ito at hindi apektado ang mga key, gawa at voucher mo.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>Nasa computer na ito at hindi apektado ang mga key, gawa at voucher mo. Walang itinala mula sa sagot na ito.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>Nasa computer na ito at hindi apektado ang mga key, gawa at voucher mo. Walang nagastos.</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>Inihahatid ang pinakabago mong voucher para sa {amount} GEM.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>Nakatago rito at sa mga bantay mo ang pinakabago mong voucher; pareho ang halaga nito kaninumang kamay galing.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>Sa computer na ito lang nakatago ang pinakabago mong voucher.</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>Isinulat ang pinakabago mong voucher sa {path}</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>Sarili mong utos ang pumupuno sa bond mula sa bayad mo. Sa Settings mo itinatakda kung hanggang saan.</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>Ganito ang daan ng bayad mo: nire-review, utang sa iyo, puwede nang i-claim, nasa wallet mo.</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>Isinasara ang payment channel mo.</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>Sarado na ang payment channel mo</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>Nagsasara na ang payment channel mo.</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>Hindi na tugma sa channel ang pahintulot mo: may ibang na-claim muna.</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>Hindi nagalaw ang profile mo.</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>Naitago na ang rating mo. Salamat.</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>Pupunta sa operator ang ulat mo sa susunod na koneksyon.</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>Ang parte mo sa isang review</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>Babalik ang taya mo kapag kapareho mo ang tingin ng ibang reviewer.</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>Ang mga taya mo sa gawang hindi pa napagpapasyahan. Babalik ang mga ito kapag tinanggap ang gawa.</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>Ina-update ng system mo ang Gems.</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>Hindi pa pinapayagan ng trust score mo ang pag-review.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>Nakatago rito ang mga voucher at lahat ng patunay mo. Walang babayaran nang dalawang beses at walang mawawala sa iyo.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>Nakatago sa computer na ito ang mga voucher at lahat ng patunay mo.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>Nakatago rito ang mga voucher mo. Puwedeng ipakita ang dalawa sa kahit sino.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>Nakatago rito ang mga voucher mo. Pinatutunayan ito ng dalawa nitong pirma.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>Nakatago rito ang mga voucher mo. Ang pinakabago ang babayaran ng chain, anuman ang naaalala ng platform.</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>Hindi kaya ng wallet mo ang ganoong halaga at ang bayad.</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>Gaya pa rin ng dati ang wallet mo.</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>Nasa computer na ito pa rin ang wallet mo.</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>Nakatago ang wallet mo at hindi nagalaw ang gawa mo.</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>Pinirmahan ito ng wallet mo. Ang fingerprint nito ay {code}.</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>Pinirmahan ng wallet mo ang apela sa mga salitang ito.</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>Nakatago sa computer na ito ang gawa mo; walang nabago.</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>Nakatago ang gawa mo.</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>Tinanggap ang gawa mo. Puwede pang tumutol ang nagpapagawa nang ilang panahon; pagkatapos ay babayaran ito.</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>Nakabalik na ang gawa, mga taya at kita mo. Ang hindi naipadala ay nasa nawalang computer lang.</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>Bilang na {counted} ang {checked} mong nasuring gawain: mas mababa ang bilang ng madadaling gawain, at ng marami para sa iisang nagpapagawa.</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>Gagawin mo</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>ilang segundo na lang</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>isang marka</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>mga {n} oras na lang</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>mga {n} minuto na lang</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>mga {n} segundo na lang</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>mga {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>pagkatapos itong tanggapin</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>bawas na ang karaniwang nawawala</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>mga apela: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>kapag naipadala na ito</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>gaya ng inaasahan ng nagpapagawa</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>bukod sa gantimpala</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>karakter {start} hanggang {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>kuwenta para sa baguhan, na may {share} tamang sagot</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>kuwenta na may {share} tamang sagot, mula sa sarili mong rekord</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>sinusuri ang bawat sagot</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>frame {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>humihingi ito ng taya at wala pang payment channel.</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>hindi mailagay ang taya nito: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>malapit nang matapos ang oras nito.</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>ngayon lang</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>sinukat</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>sinukat sa gawang binayaran</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>wala pang wallet</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>wala pang nababayaran</translation>
        </message>
        <message>
            <source>none</source>
            <translation>wala</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>kulang pa ang nasuring gawa</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>hindi pa alam</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>wala</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>walang nakataya</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>isa sa mga may markang region</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>nandito lang</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>kung babayaran lang ito ng nagpapagawa</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>nasa kabila lang</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>ang gantimpala lang ang hindi babayaran</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>walang takdang katapusan</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>nagpapatong {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>pahina {n}: {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>bayad sa loob ng {time} pagkapadala</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>malamang {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>mga review: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>ipadala sa loob ng {time}</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>mga nilaktawang review: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>mga gawain: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>kinukuha na ng platform ang kolateral nito, kaya walang ilalagay na taya.</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>hindi nakarehistro sa chain ang key ng platform, kaya walang ilalagay na taya.</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>puwedeng tumutol ang nagpapagawa sa loob ng {time}</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>tapos na ang oras</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>hanggang {reward} GEM</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>hanggang {size} bawat gawain</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>wallet {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>kapag walang tumutol</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>walang mawawala sa iyo</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>mawawala sa iyo ang {amount} GEM</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>wala pang kumpirmadong deposito ang payment channel mo.</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>nagsasara ang payment channel mo.</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>{amount} GEM bawat gawain</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>{amount} GEM ang tinanggap at babayaran bago ang {time} kung walang tututol na nagpapagawa.</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>{amount} GEM ang tinanggap at babayaran kung walang tututol na nagpapagawa.</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>{audit} ng mga sagot mo ang binubunot at sinusuri ng dalawang di-kilala; {penalty} GEM ang mawawala sa sagot na pareho nilang nakitang mali, buo ang bayad sa lahat ng iba.</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>May {count} backup, {hours} oras na ang pinakabago.</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>{count} – kulang pa para may masabi.</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>{count} – {percent} %, malamang {low}–{high} %.</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>{day}: wala pang bayad na gawain sa araw na iyon</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>{day}: kulang ang oras para kuwentahin ang isang oras</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{day}: {paid} GEM bawat oras sa mga bayad na gawain, {all} GEM kasama ang oras na walang bayad</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>{done} sa {total} hakbang</translation>
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
            <translation>{good} tinanggap, {bad} na-reject</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>{good} ang sang-ayon sa iba, {bad} ang hindi</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>{good} panalo, {bad} talo</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>Naabot na ang {grade}; sa iyo na ito kung tatagal pa pagkatapos ng 1 pang nasuring gawain.</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>Naabot na ang {grade}; sa iyo na ito kung tatagal pa pagkatapos ng {more} pang nasuring gawain.</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>{grade} – kulang pa ang nasuring gawa.</translation>
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
            <translation>{mark} sa 5</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>{megabytes} MB ang libre sa disk ng profile.</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>{megabytes} MB ng memory ang libre.</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>{month}: {had} ang na-audit, {expected} ang inaasahan</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>{more} pang nasuring gawain bago ka makapag-review.</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>{more} pang nasuring gawain para sa ibang nagpapagawa bago ka makapag-review.</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>{more} pang nasuring gawain papunta sa susunod na level.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>{more} pang sunod-sunod na tamang sagot bago ka makapag-review.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>{more} pang sunod-sunod na tamang sagot papunta sa {grade}.</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>{names}, at {n} pa</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>{note} Malamang hindi bababa sa {low} % ang magbibigay nito.</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>{note}; {share} sa mga ito ang tinatanggap sa huli</translation>
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
            <translation>{n} sagot ang naghihintay ipadala</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>{n} araw</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>{n} ang hindi sumagot.</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>Mauubos ang oras ng {n} tapos na gawain: ipadala ang mga ito bago ang {time}.</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} h</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>{n} itinago sa iyo ng settings mo</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>{n} nakatago sa computer na ito hanggang magkaroon ng koneksyon</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} min</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{n} sa {total}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>{n} bukas</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>{n} ibang reviewer, na hindi pa humatol dito</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>{n} ang nag-rate; {good} sa kanila ang nagbigay ng 4 o 5.</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>Puwedeng itama o iapela ang {n} na-reject na sagot.</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>{n} pirma ng hatol na ito ang sinuri: ang sa iyo, sa platform at sa mga reviewer.</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>{n} pirmadong boto ang binilang sa computer na ito, at pareho ang lumabas.</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>{n} gawain ang nandito, mga {time} na trabaho</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>{n} gawain na may tayang {amount} GEM</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>{n} gawain na lang sa batch na ito</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>Mauubos ang oras ng {n} gawain: tapusin at ipadala ang una bago ang {time}.</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>{overturned} sa {rejected} na-reject ang nabaligtad – {percent} %, malamang {low}–{high} %.</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>{part} sa {whole} apela ng mga worker ang naipanalo</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>{part} sa {whole} pasya ng mga reviewer ang nabaligtad kalaunan</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>{part} sa {whole} nahatulang sagot ang tinanggap</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>{pay} GEM bawat gawain</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>{redone} sa huling {last} mo ang inulit.</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>{rejected} sa huling {last} ang na-reject, mas marami kaysa karaniwan sa iyo.</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>{rejected} sa {decisions} ang na-reject – {percent} %, malamang {low}–{high} %.</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>{reward} GEM bago ang bawas</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>{right} sa {checked} nasuring gawain ang tama – kulang pa ang nasuring gawa.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>{right} sa {checked} nasuring gawain ang tama – {percent} %, malamang {low}–{high} %.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>{right} sa {checked} nasuring gawain ang tama: kulang para magpatuloy. Puwede kang umapela.</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>{right} sa {checked} ang tama</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>{right} sa {checks} nakatagong pagsusuri ang tama; kailangan ng higit pa roon para mag-review.</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>{right} sa {of} ang tama</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>Nasa platform na ang {share}.</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>{share} ang dapat tama.</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>{share} ng mga sagot ang na-reject</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>{share} ng mga sagot ang na-reject, nagbabayad sa loob ng {time}</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>{share} ng gantimpala</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>{share} sa {n} nahatulang sagot ang na-reject.</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>{size} bawat isa</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>{size} ng file ang naghihintay.</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>{size} pa ang darating</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>{size} na ida-download</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>{size} ngayong araw</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>{spent} sa {limit} GEM ang nagamit ngayong araw</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>{stake} GEM ang nakataya</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>{time} pagkatapos mong ipadala</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>{time} ang nakalipas</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>{time} bawat isa</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>{time} sa kabuuan, {unpaid} nito ang walang bayad</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>{time} na lang</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>{time} sa mga gawaing nabayaran</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>{title} (may rating)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>Isinantabi ang {title}; walang binura rito.</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>{unsent} ipapadala, {waiting} naghihintay ng hatol</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>{used} sa {allowed} MB ngayong araw</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>{when}: {n} sa {all} gawain ang nabayaran ({share})</translation>
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
            <translation>{x} % mula sa kaliwa, {y} % mula sa itaas</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>{yes} ang nagsabing tama, {no} ang nagsabing mali.</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>Dinadala sa iyo ng “I-claim sa wallet ko” ang handa na. Makikita mo ang bayad bago ka pumirma.</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>Ang “May pondo” ay perang nailagay na para sa trabaho.</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>Ang “{key}” ay key na ng “{option}”.</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>Binubuksan ang larawan …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>Walang larawan ang gawaing ito.</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>Binubuksan ang video …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>Hindi mabasa ang mga oras ng seryeng ito.</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>Walang dalang serye ang gawaing ito.</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[larawan]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>Binubuksan ang recording …</translation>
        </message>
    </context>
</TS>
