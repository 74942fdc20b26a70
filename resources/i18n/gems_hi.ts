<TS version="2.1" language="hi" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>समस्या की शिकायत करें</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>इसे प्लेटफ़ॉर्म का संचालक पढ़ता है। काम देने वाले को पता नहीं चलता कि शिकायत किसने की।</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>शिकायत भेजें</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>बंद करें</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>रद्द करें</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>क्या गलत है?</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>क्या हुआ, एक-दो वाक्यों में</translation>
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
            <translation>आगे क्या होगा</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>अब बारी किसकी है</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>इसके बजाय सुधारें</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>सुधारें</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>कॉन्ट्रैक्ट के पास ले जाएँ…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>रहने दें</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>आपके जवाब का क्या हुआ</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>आउटबॉक्स पर वापस</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>आगे क्या होगा</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>लिखी गई</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>भेजी गई</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>दोबारा फ़ैसला हो रहा है</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>दोबारा फ़ैसला हुआ</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>जीते</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>हारे</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>नहीं ली गई</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>फ़ैसला हो गया</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>अपील</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>अपील का मतलब</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>फ़ैसला कौन करेगा</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>अपील कब तक कर सकते हैं</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>फ़ैसला ज़्यादा से ज़्यादा कब तक</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>आपकी लगाई ज़मानत (%1 GEM खाली हैं)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>आपकी लगाई ज़मानत</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>हारने पर आपका नुकसान</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>जीतने पर आपको मिलेगा</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>आपका जवाब सही क्यों है</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>इसमें क्या सही है, एक-दो वाक्यों में</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>यह अपील के साथ साइन होता है और अगले कनेक्शन पर चला जाता है। %2 में से %1 अक्षर।</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>अपील करें और दूसरी कोशिश छोड़ दें</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>अपील साइन करें</translation>
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
            <translation>सूचनाएँ</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>सूचनाएँ, नई: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>वापस लें</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>फिर से करें</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>निर्देश</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>कुंजियाँ</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>पिछला वापस लें</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>अभी के लिए बस</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>फिर से सहेजें</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>यह जवाब दें</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>छोड़ें</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>ज़ूम</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>पूरी तस्वीर दिखाएँ</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>चुना हुआ हटाएँ</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>कुछ अभियान दाँव माँगते हैं। जब तक ज़मानत इतनी न हो जाए, अपने मेहनताने का एक हिस्सा यहीं रहने दें; आपको कभी कुछ खरीदना नहीं पड़ता।</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>इसमें कुछ नहीं लगता और यह आपके अगले मेहनताने से लागू होता है। जो आपके पास है वह इससे नहीं हिलता, और ज़मानत में जो खाली है उसे आप फिर निकाल सकते हैं।</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>ज़मानत में रखें</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>0 से कुछ नहीं रखा जाता; बिना दाँव वाले अभियान आपके लिए खुले रहते हैं।</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>ज़मानत में रखें, GEM में</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>रखें</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>अभी ज़मानत में खाली</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>खर्च लायक बनाएँ…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>ज़मानत से बाहर लें?</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>यह तुरंत निकासी के लिए तैयार हो जाता है। इस पर आप और प्लेटफ़ॉर्म दोनों साइन करते हैं; चेन पर कुछ नहीं होता और कोई खर्च नहीं लगता।</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>यह एक टास्क के मेहनताने के बराबर किस्तों में होता है, एक बार में ज़्यादा से ज़्यादा 1 GEM। अगर प्लेटफ़ॉर्म जवाब न दे, तो आप एक ही किस्त खो सकते हैं।</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>बाहर लें</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>रकम</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>ज़मानत में खाली: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>ज़मानत से बाहर लेने की रकम, GEM में</translation>
        </message>
    </context>
    <context>
        <name>CampaignFilter</name>
        <message>
            <source>Filter</source>
            <translation>फ़िल्टर</translation>
        </message>
        <message>
            <source>Kind of task</source>
            <translation>टास्क की किस्म</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>टास्क की भाषा</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>टास्क के लिए डाउनलोड</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>हर घंटे कम से कम इतने GEM</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>GEM हर घंटे, कम से कम</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>बिना दाँव</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>मेरी ज़मानत इसके लिए काफ़ी है</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>बिना अभ्यास</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>सिर्फ़ जिन पर नज़र है</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>जिन पर नज़र है वे पहले</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>सब दिखाएँ</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>हो गया</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>अभियान खोजें (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>क्रम</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>सबसे ज़्यादा कमाई</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>इनाम</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>सबसे छोटे</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>सबसे कम दाँव</translation>
        </message>
        <message>
            <source>Filter: %1</source>
            <translation>फ़िल्टर: %1</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>फ़िल्टर</translation>
        </message>
        <message>
            <source>Rows or cards</source>
            <translation>पंक्तियाँ या कार्ड</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>पंक्तियाँ</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>कार्ड</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>अभियान</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>अब नए काम की खबर न दें</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>नए काम की खबर दें</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>इस काम देने वाले को ब्लॉक करें</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>यह अभियान छिपाएँ</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>समस्या की शिकायत करें</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>यह अभियान बंद करें</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>काम देने वाला %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>काम देने वाले की रिपोर्ट</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>ऐसा टास्क आप कभी भी छोड़ सकते हैं, बिना किसी नुकसान के।</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>कितना मिलता है</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>आपका जोखिम</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>जवाब कैसे जाँचे जाते हैं</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>समय और डेटा</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>काम देने वाला</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>फिर से अभ्यास करें</translation>
        </message>
        <message>
            <source>About</source>
            <translation>जानकारी</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>निर्देश</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>इस काम देने वाले को ब्लॉक करें</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>यह अभियान छिपाएँ</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>काम देने वाले को संदेश</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>समस्या की शिकायत करें</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>उदाहरण करें</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>कितने टास्क लेने हैं</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>%n टास्क लें</numerusform>
                <numerusform>%n टास्क लें</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>हर टास्क %1 GEM</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>नज़र रखी है</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>अभ्यास</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>सामग्री की चेतावनी</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/घंटा</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>दाँव %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>दाँव नहीं</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>%1 के लिए और विकल्प</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>इस ऐप में कुछ गड़बड़ हुई</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>Gems पिछली बार अपने-आप बंद हो गया</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>आपकी मदद करने वाले के लिए रिपोर्ट</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>आपके जवाब और आपके पैसे सुरक्षित हैं, उन्हें कुछ नहीं हुआ। आप काम जारी रख सकते हैं।</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>रिपोर्ट में केवल वर्शन और हमारे प्रोग्राम की जगहें हैं: कोई जवाब, पता, नाम या रकम नहीं। यह किसी को नहीं भेजी जाती; फ़ाइल में सहेजकर आप जिस पर भरोसा हो उसे दे सकते हैं।</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>बंद करें</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>रिपोर्ट सहेजें</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>इसमें क्या है, छिपाएँ</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>इसमें क्या है, दिखाएँ</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>रिपोर्ट</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>काम हो रहा है…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>बिना नेटवर्क</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>आपका काम पेन ड्राइव पर जाता है। ले जाने वाला न इसे पढ़ सकता है, न बदल सकता है।</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>आउटबॉक्स पर वापस</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>कहाँ</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>फ़ोल्डर</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>फिर से देखें</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>आपका काम</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>अब तक बिना उत्तर की फ़ाइलें: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>जो फ़ाइल में चला गया उसे वापस नहीं लिया जा सकता। अगर पहले नेटवर्क मिल गया, तो वह हमेशा की तरह भेजा जाता है; कुछ भी दो बार नहीं गिना जाता।</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>फ़ाइल बनाएँ</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>इस फ़ोल्डर में</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>इस फ़ोल्डर में कोई कैरी फ़ाइल या उत्तर नहीं है।</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>कनेक्शन हो तो आप किसी और की फ़ाइल भेज सकते हैं: उत्तर उसी के पास लिख दिया जाता है।</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>यह उत्तर पढ़ें</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>यह फ़ाइल भेजें</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>कॉन्ट्रैक्ट के पास ले जाएँ</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>आउटबॉक्स पर वापस</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>ज़्यादा से ज़्यादा मिलेगा</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>कब तक ले जाना है</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>कॉन्ट्रैक्ट आपत्ति का इंतज़ार करता है</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>फ़ाइल में सहेजा गया</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>यह कैसे होता है</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. इस टास्क के बारे में जो साइन हुआ, उसे आप एक फ़ाइल में सहेजते हैं। इसमें आपका जवाब नहीं, केवल उसकी छाप है, और आपका कोई राज़ नहीं।</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. थोड़ा गैस कॉइन रखने वाला कोई भी इसे कॉन्ट्रैक्ट तक ले जाता है: पहरेदार चलाने वाला, कोई दोस्त, या आप। उन्हें बस फ़ाइल चाहिए, और वे इसमें कुछ बदल नहीं सकते।</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. कॉन्ट्रैक्ट आपत्ति का इंतज़ार करता है, फिर कोई भी उससे भुगतान करवा सकता है। मामला कोई भी ले जाए, पैसे आपके वॉलेट में आते हैं।</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>सहेजने में आपका कुछ नहीं लगता; जो इसे ले जाता है वही गैस कॉइन देता है। कॉन्ट्रैक्ट कुछ और तय करे, तो कुछ नहीं मिलता, और आपसे और कुछ नहीं लिया जाता।</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>चेन पर सब लोग आपके वॉलेट का पता, टास्क का नंबर, उसका मेहनताना और उस पर हुआ फ़ैसला देख सकते हैं। अगर प्लेटफ़ॉर्म फिर भी आपको पैसे दे दे, तो Gems इसे साइन करता है, और कॉन्ट्रैक्ट किसी को दो बार पैसे नहीं देता।</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>मामला सहेजें</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>फिर से सहेजें</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>चेन फिर से देखें</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>चित्र के रूप में</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>तालिका के रूप में</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>अपने वॉलेट में निकालें?</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>आप ऐसी निकासी साइन करते हैं जिसे केवल यही रिलेयर, ज़्यादा से ज़्यादा इतनी फ़ीस में, इस्तेमाल कर सकता है।</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>साइन करें और निकालें</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>आपके चैनल से</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>रिलेयर की फ़ीस</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>आपको मिलेगा</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>रिलेयर</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>कब तक इस्तेमाल हो सकती है</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>आम तौर पर कुछ मिनट लगते हैं। तब तक न हो, तो आपका मेहनताना आपके चैनल में रहता है और आप फिर से निकाल सकते हैं।</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>फ़ीस %1 GEM · लेन-देन %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>फ़ीस %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>आगे बढ़ें</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>रद्द करें</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>Gems: आपका वॉलेट पूछ रहा है</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>अगर आपने यह नहीं माँगा था तो ना कहें। जवाब न मिलने पर यह विंडो अपने-आप बंद हो जाती है, और कुछ भी साइन या बदला नहीं जाता।</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>नहीं, कुछ न करें</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>हाँ कहने के लिए नीचे अंत तक जाएँ।</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>%n दिन बाकी</numerusform>
                <numerusform>%n दिन बाकी</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>%n घंटा बाकी</numerusform>
                <numerusform>%n घंटे बाकी</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>%n मिनट बाकी</numerusform>
                <numerusform>%n मिनट बाकी</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>%n सेकंड बाकी</numerusform>
                <numerusform>%n सेकंड बाकी</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>समय खत्म</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>बंद होने में बाकी:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>रास्ते में निकासी के लिए:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>सारा लेन-देन</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>सब कुछ</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>मेहनताना</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>दाँव</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>निकासी और भेजा हुआ</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>कौन-सा लेन-देन दिखे और एक्सपोर्ट हो</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>इस हफ़्ते</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>इस महीने</translation>
        </message>
        <message>
            <source>All</source>
            <translation>सब</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>किस समय का लेन-देन दिखे और एक्सपोर्ट हो</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>CSV एक्सपोर्ट करें</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>कोई लाइन दबाकर देखें कि रकम इतनी क्यों है।</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>अभी कोई लेन-देन नहीं हुआ। मेहनताना, दाँव और निकासी होते ही यहाँ दिखेंगे।</translation>
        </message>
        <message>
            <source>When</source>
            <translation>कब</translation>
        </message>
        <message>
            <source>What</source>
            <translation>क्या</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>अभियान</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>जेब</translation>
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
            <translation>GEM पाएँ</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>यह पता कोई भी देख सकता है और इस पर GEM भेज सकता है। इससे कोई कुछ ले नहीं सकता।</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>बंद करें</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>आपका पता QR कोड में</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>एक मिनट के लिए कॉपी करें</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>कमाई</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>केवल वही गिना जाता है जो इस कंप्यूटर ने जाँचा है।</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>फिर से कोशिश करें</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>रिलेयर GEM में थोड़ी-सी फ़ीस लेकर इसे आपके वॉलेट में पहुँचाता है। आपको गैस कॉइन नहीं चाहिए; फ़ीस पहले दिखाई जाती है।</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>अभी निकालने को कुछ नहीं है। मंज़ूर हुए काम के पैसे आपके चैनल में आते हैं और यहाँ दिखते हैं।</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>निकासी हो रही है</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>मेरे वॉलेट में निकालें</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>पाएँ</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>भेजें</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>आज की कमाई</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>सात दिन</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>कुल</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>निकासी</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>भेजी गई</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>हर दिन की कमाई</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>दिन</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>आपका पहला मेहनताना यहाँ दिन-दर-दिन दिखेगा।</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>ज़मानत, वाउचर की कॉपी, अपने-आप निकासी…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>GEM भेजें</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>इसे भेजें?</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>रिलेयर GEM में थोड़ी-सी फ़ीस लेकर इसे पहुँचाता है। भेजा हुआ वापस नहीं लिया जा सकता।</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>पूरा पता मिलाएँ, एक-एक समूह करके। भेजा हुआ वापस नहीं लिया जा सकता।</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>साइन करें और भेजें</translation>
        </message>
        <message>
            <source>From</source>
            <translation>कहाँ से</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>वॉलेट</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>चैनल</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>पता-सूची</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>चुनें…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>किसे</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>यह अभी पूरा और सही पता नहीं है।</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>जिस पते पर भेजना है</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>रकम</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>आपके वॉलेट में: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>रकम GEM में</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>जितना निकाला जा सकता है, सब सीधे वहाँ जाता है: %1 GEM।</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>आगे बढ़ें</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>आपकी पता-सूची में</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>आपके चैनल से</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>आपके वॉलेट से</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>रिलेयर की फ़ीस</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>पहुँचेगा</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>कब तक हो सकता है</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>आम तौर पर कुछ मिनट लगते हैं। तब तक न हो, तो कुछ भी बाहर नहीं गया।</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>दिन</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>काम देने वाला</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>किस्म</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>भुगतान हुए टास्क</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>मेहनताना</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>दाँव और ज़मानत</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>वॉलेट</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>लेन-देन</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>जोड़</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>जोड़ किसके हिसाब से</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>दिन से</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>काम देने वाले से</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>किस्म से</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>जोड़ किसका</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>इस हफ़्ते</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>इस महीने</translation>
        </message>
        <message>
            <source>All</source>
            <translation>सब</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>इस समय में कोई लेन-देन नहीं हुआ। ऊपर लंबा समय चुनें।</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>दिन UTC के हैं। वॉलेट में जो आता है वह पहले मेहनताना या ज़मानत था, इसलिए वह फिर से कमाई नहीं गिना जाता।</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>हर घंटे की कमाई</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>भुगतान वाले टास्क पर</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>बिना पैसे के समय सहित</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>दिन के हिसाब से हर घंटे की कमाई</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>दिन</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>समय</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>कुछ टास्क करें: भुगतान होने पर यहाँ दिखेगा कि एक घंटे में कितना मिलता है।</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>बिना पैसे का समय: काम ढूँढना, पढ़ना, अभ्यास, और वह काम जो नामंज़ूर हुआ या जिसका भुगतान अभी नहीं हुआ। यह इसी कंप्यूटर पर गिना जाता है, केवल जब आप विंडो इस्तेमाल करते हैं, और यहीं रहता है।</translation>
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
            <translation>आपके GEM कहाँ हैं</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>कम दिखाएँ</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>और दिखाएँ</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>वाउचर प्लेटफ़ॉर्म का साइन किया हुआ वादा है कि उस पर आपका कितना बकाया है। इससे चेन आपको पैसे देती है, चाहे प्लेटफ़ॉर्म न देना चाहे।</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>बंद करें</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>चेन पर: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>टास्क खोलें</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>यह संदेश हटाएँ</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>“%1” क्या है?</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>मदद में और पढ़ें</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>पूछा जा रहा है…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>ताज़ा करें</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>फिर से कोशिश करें</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>आप ऑफ़लाइन हैं।</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>ये अभियान पिछली जानकारी के हिसाब से हैं। लिए हुए टास्क बिना नेटवर्क के किए जा सकते हैं।</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>कनेक्शन मिलते ही नए टास्क लिए जा सकते हैं।</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>अभी कोई अभियान नहीं</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>इस कंप्यूटर ने ऑनलाइन रहते हुए कोई अभियान नहीं देखा। उन्हें लाने के लिए एक बार कनेक्ट करें।</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>काम देने वाले कभी भी नए अभियान जोड़ सकते हैं। थोड़ी देर बाद फिर देखें।</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>फिर से देखें</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>आपके फ़िल्टर से कोई अभियान मेल नहीं खाता</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>किसी अभियान में ये शब्द नहीं हैं</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>सब दिखाएँ</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>आपके पहले कदम</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>सब पेज</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>चित्र: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>पिछला पेज: %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>अगला पेज: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>मिला</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>कुछ नहीं मिला</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>एक छोटा शब्द आज़माएँ, जैसे “कमाई”, या सब पेज देखें।</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>सब पेज</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>मदद</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>मदद में खोजें (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>सब पेज</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>बंद करें</translation>
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
            <translation>होम</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>फिर से कोशिश करें</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>तीन उदाहरणों से शुरू करें</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>आपके जवाब भेजने के लिए तैयार हैं</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>अपने पहले टास्क लें</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>यहाँ अभी कोई टास्क नहीं</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>आपके लिए कुछ बाकी नहीं है</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>एक मिनट लगता है; न पैसे मिलते हैं, न कोई जोखिम है।</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>सील करने से उन पर साइन होते हैं; कनेक्शन मिलते ही वे चले जाते हैं।</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>टास्क का एक बैच लें; यहाँ आ जाने पर आप बिना किसी नेटवर्क के काम कर सकते हैं।</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>सुधारने के लिए वापस आए</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>अभ्यास करें</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>आगे बढ़ें</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>आज की कमाई</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>सात दिन में %1</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>चैनल से साबित</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>भेजना बाकी</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>पिछले दिन</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>हर दिन की कमाई</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>दिन</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>आपका पहला मेहनताना यहाँ दिन-दर-दिन दिखेगा।</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>आपकी स्थिति</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>आप जाँच कर सकते हैं</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>सबूत देखें</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>आउटबॉक्स में देखें</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>तस्वीर</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>यह तस्वीर दिखाई नहीं जा सकती।</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>कुंजियाँ</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>जो कुंजी रखनी हो उसे दबाएँ। Escape से यह जैसी है वैसी रहती है।</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>Enter विकल्प की कुंजी बदलता है, Delete उसकी आम कुंजी वापस देता है।</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>विकल्प और उनकी कुंजियाँ</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>हो गया</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>सब आम कुंजियाँ वापस</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>नई कुंजी दबाएँ</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>कुंजी %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>कुंजी नहीं</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>भाषा</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>लोड हो रहा है…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>होम</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>काम</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>जाँच</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>आउटबॉक्स</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>कमाई</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>भरोसा</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>सेटिंग</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>मदद</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>फिर से कोशिश करें</translation>
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
            <translation>पेज</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>अभ्यास नेटवर्क</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>सूचनाएँ</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>सूचनाओं की सेटिंग</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>बंद करें</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>अभी कोई सूचना नहीं</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>नया काम, फ़ैसले, समय-सीमा और कमाई की खबर यहाँ मिलती है।</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>सबको पढ़ा हुआ मानें</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>नया</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>दिखाएँ</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>सब %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>भेजने हैं %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>इंतज़ार में %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>नामंज़ूर %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>मंज़ूर %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>अभियान से खोजें (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>अभियान से खोजें</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>काम देने वाले को संदेश</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>समस्या की शिकायत करें</translation>
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
            <translation>सुधारें</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>अपील…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>आपकी अपील</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>क्या हुआ</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>कॉन्ट्रैक्ट के पास ले जाएँ…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>वापस लें</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>नया संदेश</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>%1 के लिए और विकल्प</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>टास्क में निशान: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>रहने दें</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>आउटबॉक्स</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>बिना नेटवर्क…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>भेजा जा रहा है…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>अभी भेजें</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>फिर से कोशिश करें</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>केवल सबसे नए दिखाए गए हैं। पुराना ढूँढने के लिए उसका अभियान खोजें।</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>अभी कुछ नहीं किया</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>पूरे हुए टास्क और जाँच भेजे जाने तक यहाँ रुकते हैं, और भुगतान होने तक यहीं रहते हैं।</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>यहाँ कुछ नहीं</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>अभी कोई टास्क इस हालत में नहीं है।</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>सब दिखाएँ</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>लिखा गया</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>सील हुआ</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>भेजा गया</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>फ़ैसला हुआ</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>भुगतान हुआ</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>अभी पूरा नहीं</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>5 में से कदम %1: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>लिखा हुआ दिखाएँ</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>लिखा हुआ छिपाएँ</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>नामंज़ूर</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>अपील</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>दूसरे लोग दोबारा फ़ैसला करते हैं</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>मंज़ूर</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>निकालें</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>फ़ीस</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>आपको मिलेगा</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>सड़क के बोर्ड</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/घंटा</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>दाँव नहीं</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>टास्क लें</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>आगे बढ़ें</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>आज की कमाई</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>आज ही भेजें</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>यह कंप्यूटर</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>पेन ड्राइव</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>नेटवर्क वाला कंप्यूटर</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>सड़क के बोर्ड</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>भेजना बाकी है</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>नामंज़ूर</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>भुगतान हुआ</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>नामंज़ूर जवाब</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>भुगतान में समय</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>अभी जमा रकम</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>आपकी रेटिंग</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>नीला</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>मंज़ूर करें</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>नामंज़ूर करें</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>निर्देश के अनुसार नहीं है</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>पढ़ना</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>काम और डेटा</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>कागज़ पर बारह शब्द</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>सुरक्षित रखा</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>वॉलेट की सीमाएँ</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>ग्रेड %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>आप जाँच कर सकते हैं</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>नया वर्शन देखें</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>डाउनलोड करें</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>अगली बार शुरू होगा</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>Gems बनाने वालों ने साइन किया है</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>भाषा</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>नया वॉलेट</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>कागज़ पर बारह शब्द</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>न फ़ोटो, न संदेश</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>गाड़ी किस रंग की है?</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>लाल</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>नीला</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>बाकी समय</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>प्लेयर</translation>
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
            <translation>रोकें (Space; लिखते समय Ctrl+Space)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>चलाएँ (Space; लिखते समय Ctrl+Space)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>एक तस्वीर पीछे</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>एक तस्वीर आगे</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>धीमा</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>रफ़्तार %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>तेज़</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>आवाज़ का स्तर</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>आवाज़</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>टुकड़ा</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>चुना हुआ टुकड़ा चलाएँ (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>बार-बार</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>आवाज़ का साधन नहीं है: बिना आवाज़ चलता है।</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>अभ्यास</translation>
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
            <translation>अगला उदाहरण</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>कुंजियाँ</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>ज़ूम</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>पूरी तस्वीर दिखाएँ</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>चुना हुआ हटाएँ</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>अभ्यास · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>अभ्यास</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>अभ्यास छोड़ें</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>अभियान पर वापस</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>अभ्यास से न पैसे मिलते हैं, न कटते हैं। %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>जाँचा जा रहा है…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>जाँच करवाएँ</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>वापस</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>आप पास हो गए</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>अभी काफ़ी नहीं</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>असली टास्क भी ऐसे ही होते हैं, और उनके पैसे मिलते हैं। अब पहले टास्क चुनें।</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>अब आप इस अभियान के टास्क ले सकते हैं।</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>संकेत पढ़ें और उदाहरण एक बार फिर करें; जितनी बार चाहें कर सकते हैं।</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>अभियान पर वापस</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>उदाहरण फिर से करें</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>नई प्रोफ़ाइल</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>प्रोफ़ाइल का नाम बदलें</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>यह खाली शुरू होती है, अपने अलग वॉलेट और पासवर्ड के साथ।</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>केवल इसका नाम बदलता है; इसका फ़ोल्डर और वॉलेट वहीं रहते हैं।</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>बनाएँ और खोलें</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>नाम बदलें</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>नाम, किसी भी लिपि में</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>%1 को अलग रखें?</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>इसका पूरा फ़ोल्डर, वॉलेट समेत, सूची से हटा दिया जाता है। कुछ मिटाया नहीं जाता; वह कहाँ रखा है, बाद में दिखाया जाता है।</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>अलग रखें</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>पक्का करने के लिए %1 लिखें</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>इस कंप्यूटर की प्रोफ़ाइलें</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>हर प्रोफ़ाइल का अपना फ़ोल्डर, वॉलेट और पासवर्ड है। पासवर्ड के बिना कोई दूसरे का काम नहीं देख सकता।</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>%1 (अभी खुली है)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>खोलें</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>%1 खोलें</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>नाम बदलें…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>%1 का नाम बदलें</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>अलग रखें…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>%1 को अलग रखें</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>वॉलेट समेत इस फ़ोल्डर में अलग रखी गई: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>नई प्रोफ़ाइल…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>आउटबॉक्स पर जाएँ</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>यह दर पुरानी है।</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>रकम %1 में भी दिखाएँ</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>काम देने वाले को रेटिंग दें</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>नहीं, धन्यवाद</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>पढ़ना रोकें</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>बोलकर पढ़ें</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>हटाए जाने पर अपील</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>आपके काम को फिर से क्यों देखा जाए</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>यह प्लेटफ़ॉर्म के संचालक के पास जाती है और इसके लिए कनेक्शन चाहिए। %2 में से %1 अक्षर।</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>भेजा जा रहा है…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>अपील भेजें</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>चेन पर जाँचा गया</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>कुल %n टास्क।</numerusform>
                <numerusform>कुल %n टास्क।</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>अभियान</translation>
        </message>
        <message>
            <source>What</source>
            <translation>क्या</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>प्लेटफ़ॉर्म, GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>चेन, GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>मिलान</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>चेन पर हुआ भुगतान कमाई के पीछे-पीछे चलता है: वह पीछे रह सकता है, पर आगे कभी नहीं जाता।</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>वे कैसे फ़ैसला करते हैं</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>नामंज़ूरी का फ़ैसला दूसरे कामगारों के पैनल करते हैं, अकेला काम देने वाला नहीं।</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>कितनी जल्दी भुगतान करते हैं</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>भुगतान हुआ</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>टास्क</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>हिस्सा</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>अभी कुछ पता नहीं: इस काम देने वाले के किसी टास्क का भुगतान नहीं हुआ।</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>कामगार क्या कहते हैं</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>काम देने वाले को रेटिंग दें</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>आपने यहाँ काम किया है, इसलिए आप दे सकते हैं: हर अभियान के लिए एक बार, और आप राय बदल सकते हैं। काम देने वाले को केवल गिनती दिखती है।</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>अभियान</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>मेहनताना</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>बहुत ही कम</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>बहुत अच्छा</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>साफ़ निर्देश</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>समझना मुश्किल</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>बहुत साफ़</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>रफ़्तार</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>बहुत देर से पैसे</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>तुरंत पैसे</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>इंसाफ़</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>नाइंसाफ़</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>पूरा इंसाफ़</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>रेटिंग भेजें</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>काम देने वाले की रिपोर्ट</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>फ़ैसलों और भुगतानों से मिले तथ्य; कामगारों की राय अलग रखी गई है।</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>सब काम देने वाले</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>काम ढूँढें पर वापस</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>फिर से कोशिश करें</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>काम देने वाले, जिनके पास काम है</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>अभी किसी अभियान का पता नहीं। पहले काम ढूँढें।</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>काम देने वाला</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>अभियान</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>फिर से दिखाएँ</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>इस काम देने वाले को ब्लॉक करें</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>ब्लॉक: इस काम देने वाले का काम आपको नहीं दिखाया जाता।</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>भुगतान किया</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>कुल, सबको</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>हर घंटे की कमाई</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>जाँचकर्ता, हर घंटे</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>भुगतान में समय</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>अभी जमा रकम</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>आप अपने जवाब पर %1 GEM दाँव लगाते हैं।</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>क्या यह जवाब सही है?</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>मंज़ूर करें</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>नामंज़ूर करें…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>छोड़ें</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>क्या पूछा गया था</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>आप अपने फ़ैसले पर %1 GEM दाँव लगाते हैं।</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>%n जाँच पूरी</numerusform>
                <numerusform>%n जाँच पूरी</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>आप अभी जाँच नहीं कर सकते</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>दूसरों का काम जाँचें</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>सील करने से आपके फ़ैसले आपकी कुंजी से साइन हो जाते हैं; कनेक्शन मिलते ही वे चले जाते हैं।</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>जाँचे गए और सही निकले टास्क आपका भरोसा स्कोर बढ़ाते हैं; काफ़ी हो जाने पर आप जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>कनेक्शन मिलते ही जाँच ली जा सकती है। ली हुई जाँच बिना कनेक्शन के की जा सकती है।</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>आप निर्देश और जवाब देखते हैं, पर यह नहीं कि जवाब किसने दिया। हर एक के साथ मेहनताना और आपका दाँव बताया जाता है।</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>सील करके भेजा जा रहा है…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>भेजने के लिए सील करें</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>सील करें और भेजें</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>अभ्यास जाँचकर्ता बनकर देखें</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>जाँच माँगी जा रही है…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>10 जाँच लें</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>मेरा भरोसा स्कोर कैसे बढ़ता है</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>जाँच जारी रखें</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>पिछला फ़ैसला वापस लें</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>100 जाँच लें</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>इस बार की जाँच</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>क्या गलत है?</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>पहले कारण चुनें: जवाब देने वाले को पता होना चाहिए कि क्या सुधारना है।</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>जगह पर क्लिक करें, या उस पर Enter दबाएँ</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>एक और जगह पर निशान लगाएँ</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>गलती की जगह पर निशान लगाएँ</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>निशान: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>निशान हटाएँ</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>जवाब देने वाले के लिए टिप्पणी (वैकल्पिक)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>नामंज़ूर करें</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>रद्द करें</translation>
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
            <translation>पिछला वापस लें</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>निर्देश</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>अभी के लिए बस</translation>
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
            <translation>आप अभ्यास जाँचकर्ता के रूप में काम कर रहे हैं, अपने खाते से नहीं।</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>अपने खाते पर वापस</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>आपके गुप्त शब्द स्क्रीन पर हैं। उन्हें बोलकर नहीं पढ़ा जाता।</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>ब्लॉक किए और छिपाए हुए</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>यह काम आपको नहीं दिखाया जाता, और इसका कुछ भी नहीं मँगाया जाता। जो टास्क आप ले चुके हैं वे आपके ही रहते हैं। यह बात सिर्फ़ यह कंप्यूटर जानता है।</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>काम ढूँढें पर वापस</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>ब्लॉक किया</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>छिपाया हुआ</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>फिर से दिखाएँ</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>कुछ ब्लॉक या छिपा हुआ नहीं है</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>जानकारी</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>वर्शन</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>प्रोफ़ाइल</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>लाइसेंस</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>Qt (LGPL), IBM Plex Sans (OFL) और Lucide आइकन (ISC) से बना। टास्क की ज़रूरत के सिवा आपकी कोई जानकारी इस कंप्यूटर से बाहर नहीं जाती।</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>पता-सूची</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>हटाएँ</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>%1 हटाएँ</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>पता जोड़ें</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>एक बार फिर मिलाएँ: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>नाम, जैसे “बचत”</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>पते का नाम</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>पता, 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>पता</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>वॉलेट की अपनी विंडो में पूछा जा रहा है</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>जोड़ें</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>क्या सब ठीक है?</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>जाँचा जा रहा है…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>इस सेट-अप की जाँच करें</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>रिपोर्ट बनाएँ…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>यह कंप्यूटर, आपकी प्रोफ़ाइल और नेटवर्क देखता है, कुछ बदलता नहीं, और शब्दों में बताता है कि क्या गड़बड़ है।</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>निकासी</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>अपने-आप निकासी, इतने पर</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>0 से अपने-आप निकासी कभी नहीं होती। यह तब तक भी रुकता है जब तक फ़ीस आने वाली रकम के 5 % से ज़्यादा हो।</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>अपने-आप निकासी इतने पर, GEM में</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>रखें</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>पेमेंट चैनल</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>चैनल बंद करने का आपका अनुरोध चेन की ओर जा रहा है।</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>जब आप इस प्लेटफ़ॉर्म के लिए काम करना छोड़ें, तो चैनल बंद करें: आपकी ज़मानत बिना गैस कॉइन के वापस आ जाती है, चाहे प्लेटफ़ॉर्म आगे कुछ न करे।</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>चैनल बंद करें…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>अपना पेमेंट चैनल बंद करें?</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>चैनल बंद करें</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>आप क्या देखने को तैयार हैं</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>परेशान कर सकने वाले टास्क ढके रहते हैं, जब तक आप उन्हें न खोलें। यहाँ जो बंद किया गया है, वह आपको दिया ही नहीं जाता।</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>सुरक्षित रखा</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>वाउचर की कीमत किसी के भी हाथ में वही है और पैसे केवल आपको मिलते हैं। दूसरी जगह रखी कॉपी आपके पैसे बचाती है, अगर यह कंप्यूटर खराब हो जाए।</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>हटाएँ</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>पहरेदार %1 हटाएँ</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>एक और पहरेदार</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>कोई भी प्लेटफ़ॉर्म दूसरों के वाउचर रख सकता है: उसका पता लिखें।</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>पहरेदार का पता</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>जोड़ें</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>इस फ़ोल्डर में फ़ाइल भी</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>हर नया वाउचर वहाँ लिखा जाता है। खाली: कोई फ़ाइल नहीं।</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>वाउचर की फ़ाइल का फ़ोल्डर</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>रखें</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>अभी फ़ाइल बनाएँ</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>नया वाउचर ढूँढें</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>बैकअप की फ़ाइल में या पहरेदार के पास: फ़ाइल की जगह या पहरेदार का पता लिखें। केवल वही रखा जाता है जो प्लेटफ़ॉर्म ने साइन किया है।</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>नए वाउचर वाली फ़ाइल या पहरेदार</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>देखें</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>आपकी अपनी करेंसी</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>रकम इस करेंसी में भी दिखाएँ</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>GEM पहले ही रहता है। दूसरी रकम बस उसकी लगभग कीमत है: उससे न कुछ चुकाया जाता है, न साइन होता है।</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>दूसरी</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>दूसरी करेंसी: उसके तीन अक्षर, जैसे KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>1 GEM की कीमत</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>आपकी लिखी संख्या प्लेटफ़ॉर्म वाली से पहले मानी जाती है। प्लेटफ़ॉर्म वाली लेने के लिए इसे खाली छोड़ें।</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>1 GEM की कीमत, %1 में</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>रखें</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>इस्तेमाल हुआ डेटा</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>आज</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>पिछले 14 दिन</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>दिन के हिसाब से डेटा</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>दिन</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>अभी न कुछ भेजा गया, न मँगाया गया।</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>हर अनुरोध की शुरुआती पंक्तियाँ गिनी गई हैं; इन्हें पहुँचाने के लिए नेटवर्क जो जोड़ता है वह नहीं (लगभग 3 से 5 %)।</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>आपका वॉलेट और काम कहाँ रखा है</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>इस प्रोफ़ाइल का फ़ोल्डर</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>नया वर्शन इस फ़ोल्डर में कुछ नहीं बदलता, और प्रोग्राम हटाने पर भी यह वहीं रहता है।</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>फ़ोल्डर तभी मिटाएँ जब आपके बारह शब्द कागज़ पर लिखे हों और कुछ भी भेजना या पैसे मिलना बाकी न हो।</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>चेन नोड</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>हटाएँ</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>चेन नोड %1 हटाएँ</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>एक और चेन नोड</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>चेन नोड का पता</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>जोड़ें</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>नेटवर्क वाले ही फिर से इस्तेमाल करें</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>जहाँ काम किया है वहाँ नया काम</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>फ़ैसले और अपीलें</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>टास्क जिनका समय जल्द खत्म होगा</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>कमाई और निकासी</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>सूचनाएँ</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>यह सिस्टम नोटिफ़िकेशन नहीं दिखाता। सूचनाएँ घंटी के नीचे मिलती हैं।</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>सूचनाएँ विंडो के बाहर भी दिखाएँ</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>कोई आपका पेमेंट चैनल बंद करे, तो आपको हमेशा बताया जाता है, शांत समय में भी।</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>रकम विंडो के बाहर दिखाएँ</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>छोटी-सी आवाज़ के साथ</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>आज़माकर देखें</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>पासवर्ड बदलें</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>कुंजी फ़ाइल में एक्सपोर्ट करें</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>अभी का पासवर्ड</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>फ़ाइल के लिए पासवर्ड</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>नया पासवर्ड</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>वही पासवर्ड फिर से</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>एक्सपोर्ट करें, और वॉलेट की अपनी विंडो में पक्का करें</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>बदलें</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>नेटवर्क</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>प्लेटफ़ॉर्म</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>अभ्यास नेटवर्क: इस GEM की कोई कीमत नहीं है</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>ऑफ़लाइन काम करें: जब तक यह बंद न हो, अपने-आप कुछ न भेजें, न लें</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>सबके लिए प्रॉक्सी</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>http://host:port या socks5://name:password@host:port जैसा पता। यहाँ कुछ न हो तो आपके सिस्टम का प्रॉक्सी इस्तेमाल होता है। जो इस कंप्यूटर पर रहता है वह इससे कभी नहीं गुज़रता।</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>प्रॉक्सी का पता</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>लगाएँ</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>शांत समय</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>इस समय विंडो के बाहर कुछ न दिखाएँ</translation>
        </message>
        <message>
            <source>From</source>
            <translation>कहाँ से</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>शांत समय शुरू</translation>
        </message>
        <message>
            <source>To</source>
            <translation>किसे</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>शांत समय खत्म</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>विंडो बंद करने पर</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>Gems को ट्रे में दिखाएँ</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>विंडो बंद करने पर Gems ट्रे में चलता रहे</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>जिस सिस्टम में ट्रे नहीं है, वहाँ विंडो बंद करने से Gems बंद हो जाता है।</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>पढ़ना</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>भाषा</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>मशीन का अनुवाद; अभी किसी हिंदी बोलने वाले ने नहीं जाँचा। जहाँ साफ़ न हो, वहाँ अंग्रेज़ी पाठ माना जाएगा।</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>अक्षरों का आकार</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>रंग</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>सिस्टम जैसा</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>हल्का</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>गहरा</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>तेज़ कंट्रास्ट</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>कुछ भी अपने-आप न हिले</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>वॉलेट की सीमाएँ</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>आपकी सीमाओं वाली फ़ाइल बदली गई थी या आपके वॉलेट से पुरानी है। यह नए सिरे से शुरू होती है: पता-सूची खाली है, और जब तक आप सीमा तय नहीं करते, हर बात पूछी जाएगी।</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>इतनी देर कोई कुंजी या क्लिक न हो तो लॉक करें</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>कभी नहीं</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 मिनट</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>दिन में बिना पूछे इतना जा सकता है</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>रोज़ की सीमा, GEM में</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>तय करें</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>नया पता रुकता है</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>तब तक उस पर हर भुगतान के लिए पूछा जाता है। इससे आपको समय मिलता है, ताकि आप वह पता पकड़ सकें जो आपने नहीं जोड़ा।</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>बिल्कुल नहीं</translation>
        </message>
        <message>
            <source>%1 h</source>
            <translation>%1 घंटे</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>Reading</source>
            <translation>पढ़ना</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>काम और डेटा</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>सूचनाएँ</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>सुरक्षा</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>पैसे</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>नेटवर्क</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>प्रोफ़ाइलें</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>नए वर्शन</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>मदद</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>सेटिंग</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>हर बदलाव तुरंत सहेजा जाता है।</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>सेटिंग के हिस्से</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>ज़मानत</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>नए वर्शन</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>आपको कुछ नहीं करना है। वह वर्शन फिर नहीं दिया जाएगा।</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>वर्शन</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>डाउनलोड जारी रखें</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>डाउनलोड करें</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>रोकें; बाद में जारी रखें</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>फिर से देखें</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>नया वर्शन देखें</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>दिन में एक बार अपने-आप देखे, पर जहाँ मेगाबाइट के पैसे लगते हैं वहाँ कभी नहीं</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>पेन ड्राइव या फ़ोल्डर से…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>पेन ड्राइव या फ़ोल्डर से</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>यह कहीं से भी आए, इस पर Gems बनाने वालों का साइन होना चाहिए।</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>नए वर्शन वाला फ़ोल्डर</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>वहाँ देखें</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>फिर से नेटवर्क से</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>बोलकर पढ़ना</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>निर्देश और टास्क बोलकर पढ़ने की सुविधा दें</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>इस सिस्टम में कोई आवाज़ नहीं है। speech-dispatcher और espeak-ng इंस्टॉल करें, फिर Gems दोबारा खोलें।</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>इस सिस्टम में कोई आवाज़ नहीं है। सिस्टम की सेटिंग में आवाज़ जोड़ें, फिर Gems दोबारा खोलें।</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>F8 से पढ़ना शुरू और बंद होता है। अपने-आप कुछ नहीं पढ़ा जाता।</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>गति प्रतिशत में</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>वॉलेट और सुरक्षा</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>आपका पता</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>अभी लॉक करें</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>आपके गुप्त शब्द आपके कागज़ पर हैं। यहाँ वे कहीं नहीं दिखते, और Gems का कोई भी व्यक्ति उन्हें नहीं माँगेगा।</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>काम और डेटा</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>मेरे काम वाले अभियानों से और टास्क अपने-आप लाएँ</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>यहाँ इतने दिन का काम रखें</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>काम के दिन</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>ज़्यादा से ज़्यादा डाउनलोड, मेगाबाइट हर दिन</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>मेगाबाइट हर दिन</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>मेगाबाइट गिनने वाले नेटवर्क पर भी</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>यह नेटवर्क मेगाबाइट गिनता है</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>टास्क का समय खत्म होने से इतने घंटे पहले चेताएँ</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>समय खत्म होने से पहले के घंटे</translation>
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
            <translation>शुरू हो रहा है</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>फिर से कोशिश करें</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>अपडेट से पहले की कॉपी से आगे बढ़ें</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>अपडेट से पहले की कॉपी से आगे बढ़ें?</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>इसके बजाय नया वर्शन शुरू करने से कुछ नहीं खोता।</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>कॉपी से आगे बढ़ें</translation>
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
            <translation>स्थिति</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>भेजने को कुछ बाकी नहीं</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>%n जवाब भेजना है</numerusform>
                <numerusform>%n जवाब भेजने हैं</numerusform>
            </translation>
        </message>
        <message>
            <source>Balance %1 %2</source>
            <translation>बाकी रकम %1 %2</translation>
        </message>
    </context>
    <context>
        <name>StoryMessage</name>
        <message>
            <source>Marked in the task: %1</source>
            <translation>टास्क में निशान: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>मुझे यह कैसे पता है?</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>सबूत फ़ाइल में सहेजें</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>काम देने वाले के साथ संदेश</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>काम देने वाला केवल आपकी लिखी बात देखता है, आपका नाम या पता नहीं।</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>संदेश भेजें</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>बंद करें</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>यहाँ के नए संदेशों की खबर दें</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>अब यहाँ के संदेशों की खबर न दें</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>यह अगले कनेक्शन पर जाता है। %2 में से %1 अक्षर।</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>आपका संदेश</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>वापस लें</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>समस्या की शिकायत करें</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>%n टुकड़े वाली रिकॉर्डिंग</numerusform>
                <numerusform>%n टुकड़ों वाली रिकॉर्डिंग</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>रिकॉर्डिंग</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 और %2 तय करते हैं कि टुकड़ा कहाँ शुरू और कहाँ खत्म हो, Enter उस पर निशान लगाता है, Tab टुकड़ों पर बारी-बारी जाता है, Delete एक हटाता है।</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>Space चलाता है, तीर एक सेकंड चलते हैं, Shift के साथ पाँच, Ctrl के साथ दसवाँ हिस्सा; प्लस और माइनस पास-दूर करते हैं, 0 सब दिखाता है।</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>एक टुकड़ा चुना गया है: उसके किनारे खींचें या %1 और %2 दबाएँ, लेबल उसे बदलता है, Delete हटाता है।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>लेबल चुनें, फिर लहर पर खींचें, या चलते समय %1 और %2 दबाएँ, फिर Enter।</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>खुला हुआ</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>सिमटा हुआ</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>पिछला महीना (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>अगला महीना (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>ज़रूरी</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>इसका जवाब देना ज़रूरी है</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>संदेश</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>तीर से चुनें।</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>तीर संदेश चुनते हैं, E अपना संदेश बदलता है, Delete हटाता है, Escape चुनाव हटाता है।</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>संदेश: %1, कम से कम %2 चाहिए</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>संदेश: %1, ज़्यादा से ज़्यादा %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>कौन कह रहा है</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>लिखें कि %1 क्या कहता है</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>संदेश लिखें</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>कहें</translation>
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
            <translation>जो-जो सही हों सब चुनें</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>एक चुनें</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>समय</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>तारीख</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>तारीख साल-महीना-दिन में लिखें, जैसे 2025-03-31।</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>साल और महीना लिखें, जैसे 2025-03।</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>साल चार अंकों में लिखें।</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>समय घंटे और मिनट में लिखें, जैसे 14:05।</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>यह तारीख नहीं दी जा सकती। %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>ऐसी कोई तारीख या समय नहीं है।</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>तारीख नहीं है।</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>समय नहीं है।</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>%1 से %2 तक</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>%1 या बाद में</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>%1 या पहले</translation>
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
            <translation>कैलेंडर से चुनें (खाने में नीचे वाला तीर)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>साफ़ करें</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>ऐसे सहेजा गया: %1</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>दूसरा जवाब छिपाएँ</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>फ़र्क दिखाएँ</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>%1: एक जैसा</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>%1 (टूटी रेखा): %n फ़र्क</numerusform>
                <numerusform>%1 (टूटी रेखा): %n फ़र्क</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>फ़र्क</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>इस कंप्यूटर पर सहेजा गया</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>सहेजा जा रहा है…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>अभी सहेजा नहीं गया</translation>
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
                <numerusform>टास्क की तस्वीर, %n क्षेत्र</numerusform>
                <numerusform>टास्क की तस्वीर, %n क्षेत्र</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>टास्क की तस्वीर</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>ज़ूम कम करें (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>सब दिखाएँ (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>ज़ूम करें (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>प्लस और माइनस ज़ूम करते हैं, 0 पूरा दिखाता है, M बड़ा करने वाला शीशा पकड़ता है।</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>N बॉक्स बनाता है, Tab क्षेत्रों पर बारी-बारी जाता है।</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>N अंडाकार बनाता है, Tab क्षेत्रों पर बारी-बारी जाता है।</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>कोनों पर क्लिक करें, या N पहला कोना रखता है। Tab क्षेत्रों पर बारी-बारी जाता है।</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>N बिंदु रखता है, तीर उसे खिसकाते हैं। Tab क्षेत्रों पर बारी-बारी जाता है।</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>तीर कर्सर खिसकाते हैं, Space रंगता है, [ और ] ब्रश बदलते हैं, E मिटाता है, N नया मास्क शुरू करता है।</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>तीर बॉक्स खिसकाते हैं, Shift के साथ उसका आकार बदलते हैं, [ और ] उसे घुमाते हैं, Delete हटाता है।</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>तीर अंडाकार खिसकाते हैं, Shift के साथ उसका आकार बदलते हैं, [ और ] उसे घुमाते हैं, Delete हटाता है।</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>तीर इसे खिसकाते हैं; कॉमा और फ़ुल स्टॉप कोना चुनते हैं, जिसे तीर खिसकाते हैं, I उसके बाद एक कोना जोड़ता है और Delete उसे हटाता है। [ और ] इसे घुमाते हैं।</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>तीर बिंदु खिसकाते हैं, Shift के साथ उसकी चौड़ाई बदलते हैं, Delete हटाता है।</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>तीर कर्सर खिसकाते हैं, Space इस मास्क पर रंगता है, E मिटाता है, N नया मास्क शुरू करता है, Delete इसे हटाता है।</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>मास्क इतना बारीक है कि भेजा नहीं जा सकता। उसे चौड़े ब्रश से रंगें।</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>जगह पर क्लिक करें, या तीर से कर्सर ले जाकर Enter दबाएँ।</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>क्लिक या N कोना रखता है, तीर आखिरी कोना खिसकाते हैं, Backspace उसे वापस लेता है, Enter या पहले कोने पर क्लिक बंद करता है, Escape पॉलिगन छोड़ देता है।</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>बॉक्स</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>अंडाकार</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>पॉलिगन</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>बिंदु</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>ब्रश</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>तस्वीर के औज़ार</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>रबर</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>ब्रश: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>पेज</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>पिछला पेज (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%2 में से %1</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>अगला पेज (Page Down)</translation>
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
            <translation>लेबल चुनें, फिर तस्वीर पर बॉक्स खींचें (या वहाँ N दबाएँ)।</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>लेबल चुनें, फिर तस्वीर पर अंडाकार खींचें।</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>लेबल चुनें, फिर तस्वीर पर आकृति के कोनों पर क्लिक करें।</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>लेबल चुनें, फिर तस्वीर पर बिंदु पर क्लिक करें।</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>लेबल चुनें, फिर तस्वीर पर रंगें।</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>लेबल चुनें, फिर पाठ में शब्द चुनें।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>लेबल चुनें, फिर चार्ट पर खींचें।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>लेबल चुनें, फिर आवाज़ पर खींचें।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>लेबल चुनें, फिर समय-रेखा पर खींचें।</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>लेबल चुनें, फिर वीडियो पर बॉक्स खींचें।</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>एक बॉक्स चुना गया है: लेबल उसे बदलता है, Delete हटाता है।</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>एक निशान चुना गया है: लेबल उसे बदलता है, Delete हटाता है।</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>लेबल</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>जितनी बार हो सकता था, लग चुका</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>यूज़र</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>सहायक</translation>
        </message>
        <message>
            <source>System</source>
            <translation>सिस्टम</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>औज़ार</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>डेवलपर</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>दूसरे जवाब में यह अलग है</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>बदलें (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>हटाएँ (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>संदेश</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>सहेजें (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>%1 से %2 तक</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>%1 या ज़्यादा</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>%1 या कम</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>%1 के कदमों में</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>यह संख्या नहीं है।</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>संख्या कम से कम %1 होनी चाहिए।</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>संख्या ज़्यादा से ज़्यादा %1 हो सकती है।</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>संख्या %1 के कदम पर होनी चाहिए।</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>संख्या</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>कम</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>कोई संख्या</translation>
        </message>
        <message>
            <source>More</source>
            <translation>ज़्यादा</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>बेहतर वाला चुनें।</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>दो में से एक चुनें</translation>
        </message>
        <message>
            <source>First</source>
            <translation>पहला</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>दूसरा</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>तस्वीर</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>इस टास्क की एक तस्वीर दिखाई नहीं जा सकती।</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>रोकें</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>चलाएँ</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>कर्सर वाला पैराग्राफ़ चलाता है</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>हर चीज़ को उसकी जगह पर खींचें, सबसे अच्छी ऊपर।</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>चीज़ों को खींचकर क्रम में रखें, सबसे अच्छी ऊपर।</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>कार्ड को कीबोर्ड से खिसकाएँ, अंक उसे छाँटता है</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>कार्ड को कीबोर्ड से खिसकाएँ</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>यह क्रम सही है</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>क्रम में चीज़ें</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>चीज़</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>जगह %1, कुल %2</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>यहाँ अभी कुछ नहीं</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>रेटिंग</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>रेटिंग नहीं दी। तीर सितारे देते हैं, Delete वापस लेता है।</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>रेटिंग नहीं दी। अंक या तीर सितारे देते हैं, Delete वापस लेता है।</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>%2 में से %1 सितारे</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%2 में से %1</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>रेटिंग नहीं दी</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>बॉक्स</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>आकृति</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>बिंदु</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>अंडाकार</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>रंगा हुआ हिस्सा</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>शब्द</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>टुकड़ा</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>चलता बॉक्स</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>निशान</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>छिपा</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>लॉक</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>छिपाएँ</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>दिखाएँ</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>अनलॉक करें</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>लॉक करें</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>हटाएँ</translation>
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
                <numerusform>निशान: %n</numerusform>
                <numerusform>निशान: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>सब छिपाएँ</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>सब दिखाएँ</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>किन पर निशान है</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>तीर चुनते हैं, Delete हटाता है, Alt+H छिपाता है, Alt+L लॉक करता है, Escape चुनाव हटाता है।</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>छिपाएँ</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>हटाएँ</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>लॉक करें</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>अभी किसी पर निशान नहीं है।</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>दोनों ओर</translation>
        </message>
        <message>
            <source>to</source>
            <translation>तक</translation>
        </message>
        <message>
            <source>from</source>
            <translation>से</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>दिशा पलटें (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>हटाएँ (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>संबंध: %n</numerusform>
                <numerusform>संबंध: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>इससे जोड़ें (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>जोड़ें (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>रद्द करें (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>%1 से: दूसरे पर क्लिक करें, या उसे चुनकर R दबाएँ।</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>निशान वाली चीज़ चुनें, R दबाएँ, फिर जिससे उसका संबंध है उस पर क्लिक करें।</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>संबंध</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>तीर से चुनें।</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>तीर चुनते हैं, D दिशा पलटता है, Delete हटाता है।</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>संबंध क्या है</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>कुछ नहीं चुना</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>जो-जो सही हों सब चुनें</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>एक चुनें</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>खोजने के लिए लिखें</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>तीर कर्सर खिसकाते हैं, Shift के साथ चुनते हैं; Enter या लेबल की कुंजी चुने हुए पर निशान लगाती है। Tab निशानों पर बारी-बारी जाता है; Shift के साथ तीर चुने निशान का अंत खिसकाते हैं, Alt के साथ उसकी शुरुआत, Delete हटाता है।</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>तीर कर्सर खिसकाते हैं, Shift के साथ चुनते हैं।</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>%n पंक्ति की तालिका</numerusform>
                <numerusform>%n पंक्तियों की तालिका</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>चुना हुआ</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>%1 वापस लें</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>वर्ग खोजें</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>वर्ग</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>तीर चलाते हैं, दायाँ तीर शाखा खोलता है, बायाँ बंद करता है, Space चुनता है।</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>किसी वर्ग के नाम में ये अक्षर नहीं हैं।</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>%n से ज़्यादा नहीं चुना जा सकता।</numerusform>
                <numerusform>%n से ज़्यादा नहीं चुने जा सकते।</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>चलें</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>खोलें, बंद करें</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>चुनें</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>अपना जवाब यहाँ लिखें</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>आपका जवाब</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>यह जवाब हटाएँ</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>एक और जवाब जोड़ें</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>तस्वीर</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>यह तस्वीर दिखाई नहीं जा सकती।</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>%n टुकड़े वाली माप</numerusform>
                <numerusform>%n टुकड़ों वाली माप</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>माप</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 और %2 तय करते हैं कि टुकड़ा कहाँ शुरू और कहाँ खत्म हो, Enter उस पर या कर्सर वाले पल पर निशान लगाता है, Tab टुकड़ों पर बारी-बारी जाता है, Delete एक हटाता है।</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>तीर कर्सर खिसकाते हैं, Shift के साथ एक बार में दस; प्लस और माइनस पास-दूर करते हैं, 0 सब दिखाता है।</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>एक टुकड़ा चुना गया है: उसके किनारे खींचें या %1 और %2 दबाएँ, लेबल उसे बदलता है, Delete हटाता है।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>लेबल चुनें, फिर ग्राफ़ पर खींचें; क्लिक एक पल पर निशान लगाता है।</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>ढका हुआ टास्क</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>यह टास्क आपको परेशान कर सकता है</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>जब तक आप न कहें, यह ढका रहता है। इसे छोड़ने से आपका कुछ नहीं जाता।</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>दिखाएँ</translation>
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
            <translation>N बॉक्स बनाता है, Tab बॉक्सों पर बारी-बारी जाता है, तीर चुना हुआ बॉक्स खिसकाते हैं, Shift के साथ तीर उसका आकार बदलते हैं, %1 की-फ़्रेम बनाता या हटाता है, %2 उसे जाने या लौटने देता है, Delete हटाता है।</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>Space चलाता है, कॉमा और फ़ुल स्टॉप एक तस्वीर चलते हैं; प्लस और माइनस ज़ूम करते हैं, 0 पूरा दिखाता है।</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>वीडियो</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>%n पंक्ति की समय-रेखा</numerusform>
                <numerusform>%n पंक्तियों की समय-रेखा</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>समय-रेखा</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 और %2 तय करते हैं कि टुकड़ा कहाँ शुरू और कहाँ खत्म हो, Enter उस पर निशान लगाता है, Tab टुकड़ों पर बारी-बारी जाता है, Delete एक हटाता है।</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>तीर एक तस्वीर चलते हैं, Shift के साथ दस; Space चलाता है।</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>बॉक्स</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>बीच में बॉक्स (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>यहाँ की-फ़्रेम नहीं</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>यहाँ की-फ़्रेम</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>इस तस्वीर के बाद नहीं है</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>इस तस्वीर से आगे है</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>किसी और तस्वीर पर जाएँ और बॉक्स खिसकाएँ: उससे की-फ़्रेम बनता है, और बीच में बॉक्स बराबर चाल से चलता है।</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>लेबल चुनें, फिर तस्वीर पर बॉक्स खींचें।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>लेबल चुनें, फिर समय-रेखा पर खींचें, या %1 और %2 दबाएँ, फिर Enter।</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>टास्क</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>क्षेत्र %1 के बारे में</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>शुरू</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>चुना हुआ टुकड़ा यहाँ शुरू होता है</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>टुकड़ा यहाँ शुरू होता है</translation>
        </message>
        <message>
            <source>End</source>
            <translation>अंत</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>चुना हुआ टुकड़ा यहाँ खत्म होता है</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>टुकड़ा यहाँ खत्म होता है</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>निशान</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>शुरू और अंत के बीच के टुकड़े पर निशान लगाएँ (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>इस पल पर निशान लगाएँ (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>ज़्यादा समय दिखाएँ</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>पूरा दिखाएँ</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>पास से देखें</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>वापस लें</translation>
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
            <translation>%1 को · फ़ीस %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>अगले दस टास्क से क्या हो सकता है</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>ऑडिट</translation>
        </message>
        <message>
            <source>From</source>
            <translation>कहाँ से</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>ऑडिट हुआ</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>अनुमानित</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>संयोग से अनुमानित</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>हर लॉटरी इस कंप्यूटर पर उस राज़ से दोबारा निकाली जाती है, जिस पर प्लेटफ़ॉर्म आपके काम से पहले ही बँध चुका था। किसी पंक्ति को चुनकर उसका सबूत फ़ाइल में सहेजें, ताकि कोई और जाँच सके।</translation>
        </message>
        <message>
            <source>When</source>
            <translation>कब</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>अभियान</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>संभावना</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>लॉटरी</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>सीड</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>काम की किस्में</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>ग्रेड %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>ग्रेड</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>ग्रेड %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>स्तर जाँचे हुए काम को गिनता है और कभी नहीं घटता; ग्रेड गिर सकता है, और बेहतर ग्रेड तब आपका होता है जब वह दस जाँचे हुए टास्क तक बना रहे।</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>भरोसा</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>साइन किए फ़ैसलों से इसी कंप्यूटर पर निकाला गया; कोई इसे यूँ ही तय नहीं कर सकता।</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>प्लेटफ़ॉर्म से मिलाएँ</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>फिर से कोशिश करें</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>जो आपने कमाया वह आपका ही रहता है। अगर प्लेटफ़ॉर्म आपको हटाए, तो आप यहाँ उसके संचालक से अपील कर सकते हैं।</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>जो नामंज़ूरी आपको गलत लगे, उस पर आउटबॉक्स में अपील करें: जीती हुई हर अपील यहाँ सही गिनी जाती है।</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>आउटबॉक्स खोलें</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>इस सूचना से कुछ नहीं जाता; यह केवल आपके पिछले जवाब देखती है।</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>कारण आउटबॉक्स में पढ़ें। जो नामंज़ूरी गलत लगे, उस पर वहाँ अपील की जा सकती है।</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>प्लेटफ़ॉर्म की बात आपके साइन किए फ़ैसलों से अलग है।</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>उसकी गिनती कुछ फ़ैसले पीछे हो सकती है। अगर ऐसा ही रहे, तो प्लेटफ़ॉर्म के संचालक को बताएँ; नीचे का सबूत साइन किया हुआ है।</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>अभी आपका कोई जवाब नहीं जाँचा गया</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>हर जाँचा हुआ जवाब गिना जाता है। किसी भी अभियान से शुरू करें; बिना दाँव वाले सबसे आसान हैं।</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>यह कैसे बना</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>समय के साथ स्कोर</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>जाँचे गए जवाब</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>स्कोर</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>कम से कम</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>ज़्यादा से ज़्यादा</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>जहाँ असली मान शायद है</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>स्कोर यहाँ आपके दूसरे जाँचे गए जवाब से दिखता है।</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>दूसरों के काम की जाँच</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>आप जाँच कर सकते हैं। जाँच में हर घंटे कमाई बेहतर है, और यहाँ आ जाने पर नेटवर्क नहीं चाहिए।</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>जाँच</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>सबूत</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>%1 जाँचे · %2 सही · %3 पहली कोशिश में</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>भरोसा स्कोर %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>फ़ैसला हुआ</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>अभियान</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>फ़ैसला</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>कोशिश</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>फ़ैसला किसने किया</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>नामंज़ूरी तभी गिनी जाती है जब वह और बदल न सके। तब तक आप आउटबॉक्स में अपील कर सकते हैं।</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>देखें</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>अभी नहीं</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>नज़र रखी है</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>नए काम की खबर दें</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>अपनी भाषा चुनें</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>इसे इस कंप्यूटर पर सुरक्षित करें</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>पासवर्ड इस कंप्यूटर को चलाने वाले दूसरों को आपके पैसों से दूर रखता है। यह कहीं नहीं भेजा जाता; भूल जाएँ तो भी आपके गुप्त शब्द काम करते हैं।</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>पासवर्ड</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>कम से कम 8 अक्षर। एक साथ कुछ शब्द याद रखना आसान है।</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>बहुत छोटा: कम से कम 8 अक्षर।</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>आसानी से बूझा जा सकता है: एक-दो शब्द और जोड़ें।</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>अच्छा पासवर्ड।</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>बहुत अच्छा पासवर्ड।</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>वही पासवर्ड फिर से</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>कीरिंग के साथ पासवर्ड नहीं चाहिए: जो आपकी तरह यह कंप्यूटर चला सके, वह वॉलेट भी इस्तेमाल कर सकता है।</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>इस पासवर्ड से सुरक्षित करें</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>इसके बजाय सिस्टम की कीरिंग इस्तेमाल करें</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>अपना वॉलेट वापस लाएँ</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>बाकी रकम, वाउचर, चालू काम, दाँव और अपीलें साइन किए हुए से वापस आते हैं। जो अधूरा काम सील नहीं हुआ, वह नहीं आता।</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>आपके पास क्या है</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>गुप्त शब्द</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>निजी कुंजी</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>कीस्टोर फ़ाइल</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>आपके गुप्त शब्द</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>12 से 24 शब्द अपने क्रम में, उन दस भाषाओं में से किसी में भी जिनमें गुप्त शब्द होते हैं।</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>पहला दूसरा तीसरा …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>मैंने पासफ़्रेज़ या कोई दूसरा खाता इस्तेमाल किया था</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>शब्दों के साथ का पासफ़्रेज़</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>अगर कभी नहीं था तो खाली छोड़ें। गलत होने पर कोई दूसरा, खाली वॉलेट खुलता है।</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>कौन-सा खाता</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>आपकी निजी कुंजी</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>0 से 9 और a से f तक के 64 अंक-अक्षर; उनके पहले 0x हो सकता है।</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>कीस्टोर फ़ाइल</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>चुनी गई: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>फ़ाइल इस पेज पर छोड़ें, या उसकी जगह लिखकर Enter दबाएँ।</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>फ़ाइल की जगह</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>फ़ाइल का पासवर्ड</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>फ़ाइल यहाँ छोड़ें</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>खुल रहा है</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>वापस लाएँ</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>वापस</translation>
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
            <translation>अभ्यास नेटवर्क</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>चरण %1, कुल 3</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>आपका वॉलेट ढूँढा जा रहा है</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>Gems गुप्त शब्द केवल इसी पेज पर माँगता है, और केवल वॉलेट बनाने या वापस लाने के लिए। किसी और को उनकी ज़रूरत कभी नहीं होती।</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>छोटे टास्क करके पैसे कमाएँ</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>आपका मेहनताना ऐसे वॉलेट में आता है जो केवल आपके पास है। शुरू करने के लिए न पैसे चाहिए, न कागज़; इसे बनाने में लगभग तीन मिनट लगते हैं।</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>नया वॉलेट बनाएँ</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>मेरे पास पहले से वॉलेट है</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>बारह शब्दों की भाषा</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>ये बारह शब्द कागज़ पर लिखें</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>यही आपका वॉलेट हैं: जिसके पास ये हैं, उसके पास आपके पैसे हैं, और कंप्यूटर खो जाए तो ये उसे वापस लाते हैं। इनकी फ़ोटो न लें।</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>कागज़ ऐसी जगह रखें जहाँ सिर्फ़ आप उसे ढूँढ सकें।</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>मैंने लिख लिए हैं</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>वापस</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>अपना वॉलेट खोलें</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>आपका काम और आपकी कमाई इस कंप्यूटर पर रखी है; सिस्टम की कीरिंग उन्हें खोलती है।</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>आपका काम और आपकी कमाई इस कंप्यूटर पर रखी है; पासवर्ड उन्हें खोलता है।</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>पासवर्ड</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>खुल रहा है</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>अनलॉक करें</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>शब्द वापस लिखें</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>अपने कागज़ से, क्रम में। हर शब्द के पहले चार अक्षर और एक खाली जगह काफ़ी है।</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>बारह शब्द</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>शब्द %1 उनमें से नहीं है: अपना कागज़ देखें।</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>पहला दूसरा तीसरा …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>12 में से %1 शब्द</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>मिलाएँ</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>नए शब्दों से फिर शुरू करें</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>इस टास्क के बारे में</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>टास्क %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>इनाम %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>निर्देश</translation>
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
            <translation>पूरा करें, अगला लें</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>वापस लें</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>फिर से करें</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>निर्देश</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>कुंजियाँ</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>फ़र्क दिखाएँ</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>अगले हिस्से पर जाएँ</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>ज़ूम</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>पूरी तस्वीर दिखाएँ</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>चुना हुआ हटाएँ</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>लौटाएँ</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>फिर से सहेजें</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>यह जवाब नामंज़ूर हुआ: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>टास्क में निशान: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>इसे सुधारें और फिर पूरा करें; यह अपने-आप फिर जाँच में जाता है।</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>फिर से कोशिश करें</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>%n टास्क पूरा</numerusform>
                <numerusform>%n टास्क पूरे</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>%n जवाब भेजना बाकी</numerusform>
                <numerusform>%n जवाब भेजने बाकी</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>यहाँ अभी कोई टास्क नहीं</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>मंज़ूर होने पर ये %1 GEM तक दिलाते हैं। सील करने से ये आपकी कुंजी से साइन होते हैं, ताकि कोई बदल न सके; सील किए जवाब कनेक्शन मिलते ही चले जाते हैं।</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>ये सील हैं और इस कंप्यूटर पर सुरक्षित हैं, और कनेक्शन मिलने पर अपने-आप चले जाते हैं।</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>ये सील हैं और रास्ते में हैं।</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>टास्क का एक बैच लें; वे इस कंप्यूटर पर रहते हैं और बिना नेटवर्क के किए जा सकते हैं।</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>सील करके भेजा जा रहा है…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>भेजने के लिए सील करें</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>सील करें और भेजें</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>आउटबॉक्स खोलें</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>इस टास्क में कोई रिकॉर्डिंग नहीं है।</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>{whole} में से {at}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>तस्वीर {at}, कुल {whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>इस टास्क में कोई वीडियो नहीं है।</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>हर टास्क के 0.05 GEM और हर एक में एक मिनट: एक घंटे में 3 GEM।</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>1 GEM = {worth} {code}, जैसा आपने लिखा, {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>1 GEM = {worth} {code}, प्लेटफ़ॉर्म {name} के अनुसार ({source}), {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>1 और जाँचे हुए टास्क के बाद आप जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>दूसरे काम देने वालों के 1 और जाँचे हुए टास्क के बाद आप जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>अगले स्तर तक 1 और जाँचा हुआ टास्क।</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>1 और सही जवाब के बाद आप जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>{grade} तक 1 और सही जवाब।</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % का मतलब: दस में से लगभग एक जवाब जाँचा जाता है।</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>कोई बॉक्स या किनारा ठीक नहीं बैठता</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>अभियान में एक से तीन दौर होते हैं।</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>चैनल बिना किसी के या कॉन्ट्रैक्ट के लिए नहीं हो सकता।</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>चैनल 7 से 90 दिन में बंद होता है; कोई और समय दिया गया।</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>चैनल को ऐसी कुंजी चाहिए जो उसके वाउचर साइन करे।</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>निकासी शून्य पते या कॉन्ट्रैक्ट पर नहीं जा सकती।</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>एक निकासी नहीं हो पाई</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>एक निकासी पहले से रास्ते में है।</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>एक निकासी किसी और चैनल की है।</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>एक निकासी का समय नामुमकिन था।</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>इस पर क्लिक करने से Gems खुलता है।</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>बंद चैनल फिर कभी नहीं खुलता: आप उसमें और कुछ नहीं कमाते।</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>वह सिक्का जो चेन हर भुगतान पर माँगती है। आपको नहीं चाहिए: रिलेयर आपकी ओर से देता है।</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>वह कंप्यूटर जो आपके सबसे नए वाउचर की कॉपी रखता है और आपके न होने पर आपकी कमाई की रखवाली करता है।</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>इस बीच कोई फ़ैसला बदल गया।</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>फ़ाइल में रहेगा {what}, और वह नई खबर माँगेगी।</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>एक पूरे टास्क का समय खत्म हो रहा है: उसे {time} से पहले भेजें।</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>छिपी हुई जाँच</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>A से F तक एक अक्षर, जो बताता है कि आपका जाँचा गया काम कितना सही था। बेहतर ग्रेड से ज़्यादा काम खुलता है।</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>अंक 1 से 5 तक होता है।</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>संदेश 1 से 1,000 अक्षरों का होता है।</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>ज़मानत से बाहर एक रकम पहले से रास्ते में है।</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>नया वर्शन वहीं से मिलता है जहाँ से आपने यह लिया था। आपका वॉलेट और आपका काम बना रहता है।</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>वहाँ ज़्यादा नया वाउचर था। वह रख लिया गया है और अब से वही माना जाएगा।</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>एक संख्या इतनी बड़ी है कि रखी नहीं जा सकती।</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>पैनल में 1, 3, 5 या 7 जाँचकर्ता होते हैं; शर्तों में कुछ और लिखा है।</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>इनाम का वह हिस्सा जो जाँचने वालों को मिलता है। जो इनाम आपको दिखता है, वह इसके बाद बचा हुआ है।</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>एक हिस्सा रास्ते में बदल गया।</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>टास्क की एक तस्वीर या फ़ाइल बदली या टूटी हुई पहुँची।</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>प्रोफ़ाइल को नाम चाहिए।</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>एक दर में ठीक वही खाने नहीं हैं जो होने चाहिए।</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>एक दर का समय नहीं है।</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>एक नामंज़ूर जवाब सुधारा जा सकता है या उस पर अपील हो सकती है।</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>नामंज़ूरी तभी गिनी जाती है जब आप उस पर और अपील न कर सकें।</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>नामंज़ूरी का कारण चाहिए।</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>गुप्त शब्द 12, 15, 18, 21 या 24 होते हैं; यहाँ हैं: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>काम मंज़ूर होने पर दाँव वापस आता है। पक्का नामंज़ूर होने पर दाँव चला जाता है।</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>एक किस्त का नंबर सीमा से बाहर है।</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>एक किस्त की रकम सही रूप में नहीं है।</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>इस अभियान के एक टास्क पर अभी चेन पर फ़ैसला हो रहा है।</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>एक टास्क का समय खत्म हो रहा है: उसे {time} से पहले पूरा करके भेजें।</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>इस बीच एक टास्क फिर से खुल गया।</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>वह टास्क जिसका सही जवाब पहले से पता है। यह नापता है कि लोग कितना अच्छा काम करते हैं, पैसे का फ़ैसला कभी नहीं करता।</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>इस टास्क का एक फ़ैसला चेन तक पहुँचाया गया।</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>इस या ऊपर के दौर का एक फ़ैसला कायम है।</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>इस पैनल का एक जाँचकर्ता पहले यह टास्क जाँच चुका है।</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>एक वोट पर उसके जाँचकर्ता के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>एक पहरेदार तक पहुँचा नहीं जा सका या उसने वाउचर नहीं लिया।</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>प्लेटफ़ॉर्म की जगह एक वेब पेज जवाब देता है: यह नेटवर्क चाहता है कि आप लॉग इन करें।</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>वह कामगार जिसे अच्छे रिकॉर्ड के कारण दूसरों का काम जाँचने दिया जाता है, पैसे लेकर।</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>पीली लाइन बताती है कि किसी काम को जल्द आपकी ज़रूरत है।</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>मंज़ूर</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>{time} को मंज़ूर हुआ।</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>मंज़ूर टास्क जिन पर दोबारा फ़ैसला हो रहा है: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>मंज़ूर काम भुगतान से पहले {time} रुकता है: तब तक काम देने वाला आपत्ति कर सकता है, और दूसरे फ़ैसला करते हैं।</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>मंज़ूर, भुगतान बाकी</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>सेटिंग में किसी और का दूसरा नोड जोड़ें।</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>सेटिंग में पहरेदार जोड़ें, या वाउचर की फ़ाइल ऐसे किसी को भेजें जो उसे अंत से पहले जमा कर सके।</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>पता-सूची में पता जोड़ें?</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>गलत पासवर्ड के बाद वॉलेट अगली कोशिश से पहले रुकता है, सेकंड में: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>किसी के लिए काम करने के बाद अपनी रेटिंग दें; इससे अगले कामगार को मदद मिलती है।</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>{n} जाँचे गए जवाबों के बाद: {score}, {low} और {high} के बीच</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>मेल खाता है</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>यहाँ मालूम सब अभियान</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>इसके सब टास्क लिए जा चुके हैं।</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>सब किस्म के टास्क</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>सब भाषाएँ</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>सब कुछ एक ही जोड़ में। जो जाँच में या दाँव पर है वह भी इसमें है, हालाँकि उसका फ़ैसला बाकी है।</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>तब तक की आपके वाउचरों की सारी कमाई</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>सब शब्द सूची में हैं, पर मिलकर सही नहीं बैठते: कोई एक गलत है या अपनी जगह से हटा है।</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>आपका सारा पूरा किया काम, होने से भुगतान तक। जो वहाँ बाकी है वह इस कंप्यूटर पर सुरक्षित है।</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>पहले पूरी रकम की इजाज़त दें; आदेश दोबारा देने पर Gems यह खुद कर देता है।</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>रकम: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>संदेश की एक रकम मूल इकाइयों में पूरी संख्या नहीं है।</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>इस बीच एक जवाब बदल गया।</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>अपील का कारण ज़्यादा से ज़्यादा 2,000 अक्षरों में चाहिए।</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>अपील का कारण ज़्यादा से ज़्यादा 500 अक्षरों में चाहिए।</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>अपील दूसरी कोशिश की जगह लेती है, जिससे {amount} GEM मिलते। आप दोनों नहीं कर सकते।</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>एक पुराना, {time} से</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>नाराज़</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>इस नाम की दूसरी तरह की फ़ाइल है।</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>कोई और लेन-देन</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>कोई और कारण</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>यह निकासी लाने की इजाज़त किसी और रिलेयर को थी।</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>चेन पर दूसरा फ़ैसला कायम है, इसलिए यह मामला कुछ नहीं देता।</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>खुद जवाब दें; दूसरा जवाब आपको नहीं दिखाया जाता।</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>बिना देखे जवाब दिया</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>जवाब “{name}” नियम से जाँचे जाते हैं।</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>उसके बाद के जवाब साथ लाए जाते हैं, अगर यह वर्शन उन्हें पढ़ सके। वाउचर और दाँव प्लेटफ़ॉर्म से फिर मँगाए जाते हैं, और जब तक सबसे नया वाउचर पता न हो, आपके चैनल में कुछ साइन नहीं होता।</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>यह काम देने वाला जितने जवाब नामंज़ूर करता है</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>कितना भी डाउनलोड</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>और कुछ भी जिसकी चेतावनी दी जाती है</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>अपील</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>फ़ैसले के खिलाफ़ अपील करें?</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>अपील का पैनल</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>जब वे कुछ पुरानी हो जाएँ तब अपील करें, या दाँव वाला काम लें।</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>अपीलें जिन पर फ़ैसला हुआ: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>कामगार की जीती अपीलें: {n} में से {won}।</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>पहुँच गया</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>प्लेटफ़ॉर्म पर पहुँचे: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>नए हैं, तो बिना दाँव वाला चुनें।</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>जब तक यह भेजा न जाए, आप इसे वापस लेकर बदल सकते हैं।</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>{time} की स्थिति</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>नई दर माँगें और फिर से निकालें।</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>नई दर माँगें।</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>उत्तर एक बार फिर माँगें; आपकी अपनी फ़ाइल बिना नुकसान के फिर भेजी जा सकती है।</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>अपनी सबसे नई फ़ाइल का उत्तर माँगें, या नई फ़ाइल बनाएँ।</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>प्लेटफ़ॉर्म से कहें कि इसे पूरा करे। वह न करे, तो कोई भी कर सकता है: कॉन्ट्रैक्ट के फ़ंक्शन finish_close को केवल आपके चैनल का ब्योरा चाहिए, जो वाउचर की फ़ाइल में है, और थोड़ा गैस कॉइन।</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>टास्क माँगे जा रहे हैं…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>आपके कम से कम 80 % जवाब सही हैं।</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>आपके कम से कम 90 % जवाब सही हैं।</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>दाँव पर</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>जिस काम का फ़ैसला बाकी है, उसमें दाँव पर: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>प्लेटफ़ॉर्म पर</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>ऑडिट हुआ</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>ऑडिट हुए: {n} में से {had}। केवल संयोग से लगभग {expected} होते।</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>पास हुए ऑडिट: {n}। जहाँ जाँच फ़ीस से होती है, वहाँ फ़ीस इनके साथ घटती है।</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>पहले इसे शुरू करें।</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>भुगतान फिर से शुरू करें।</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>शुरू किया, इस कंप्यूटर पर रखा</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>भेजा जा रहा है</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>बेहतर ग्रेड से ज़्यादा पैसे वाला काम खुलता है, और फिर जाँच का काम।</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>सौ में से 80 से 95 सही।</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>बिना देखे जाँच</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>ब्लॉक किया: अब {who} का काम आपको नहीं दिखाया जाएगा।</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>ज़मानत</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>ज़मानत वापस आई</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>अपील के लिए लगाई ज़मानत</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>कल फिर ले जाएँ।</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>उत्तर उसी तरह वापस लाएँ।</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>नई प्रोफ़ाइल में अपने गुप्त शब्दों से वॉलेट वापस लाएँ।</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>आपका काम वापस आ रहा है: {total} में से {done}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>अभियान के नियम से: दाँव नहीं; जाँच के पैसे इनाम के एक हिस्से से दिए जाते हैं।</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>अभियान के नियम से: दूसरे लोग हर जवाब जाँचते हैं।</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>अभियान के नियम से: कई लोग वही टास्क करते हैं, जब तक काफ़ी पक्का न हो कि सही क्या है।</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>अभियान के नियम से: कुछ जवाब लॉटरी से चुनकर जाँचे जाते हैं, बाकी का पूरा भुगतान होता है।</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>अभियान के नियम से: काम का भुगतान होता है, जब तक दो अनजान लोग, जिन्हें काम देने वाला पैसे देता है, उसे नामंज़ूर न करें।</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>केवल प्लेटफ़ॉर्म द्वारा</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>देर से आए: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>अभियान</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>अभियान खत्म होता है</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>छिपाए हुए अभियान: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>इनाम में से वापस जा सकता है</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>चेन नोड {place} बेतुके जवाब देता है।</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>चेन नोड {place} जवाब देता है, चेन के साथ चलता है और उस पर Gems के कॉन्ट्रैक्ट हैं।</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>चेन नोड {place} तक पहुँचा नहीं जा सका।</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>चेन नोड {place} पर कॉन्ट्रैक्ट हैं, पर प्लेटफ़ॉर्म की कुंजी वहाँ दर्ज नहीं है।</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>चेन नोड {place} इस नेटवर्क की चेन का नहीं है।</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>चेन नोड {place} {minutes} मिनट पीछे है।</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>चेन नोड {place} इस नेटवर्क के पतों पर Gems के नहीं, दूसरे कॉन्ट्रैक्ट दिखाता है।</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>जाँच होने की संभावना</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>अभियान की शर्तें बदलें और फिर से योजना बनाएँ।</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>बिना पूछे कितना जा सकता है, बदलें?</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>चैनल</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>देखें कि प्रोफ़ाइल का फ़ोल्डर आपका है और डिस्क काम करती है।</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>सेटिंग में चेन नोड का पता और अपना कनेक्शन देखें; फिर से कोशिश होती रहती है।</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>पता देखें।</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>रकमें देखें और फिर कोशिश करें। दोबारा हो तो Gems अपडेट करें।</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>कनेक्शन देखें, या दूसरा चेन नोड इस्तेमाल करें।</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>कनेक्शन देखें; काम उसके बिना भी चलता है।</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>डिस्क देखें। अगर कुछ गायब है तो वह फ़ाइल रख लें।</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>डिस्क देखें; अगला बैकअप इसकी जगह लेगा।</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>पेन ड्राइव और फ़ाइल का नाम देखें।</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>1 और काम देने वाले के लिए जाँचे हुए काम के बाद आप जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>{more} और काम देने वालों के लिए जाँचे हुए काम के बाद आप जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>7 से 90 दिन की देरी चुनें।</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>वर्शन 3 की कीस्टोर फ़ाइल चुनें, जैसी वॉलेट एक्सपोर्ट करते हैं, या गुप्त शब्द इस्तेमाल करें।</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>उसमें जितना खाली है, उतने तक की रकम चुनें।</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>हर क्षेत्र के लिए जवाब चुनें।</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>जवाब चुनें।</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>दूसरा फ़ोल्डर चुनें।</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>दूसरा नाम चुनें।</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>दूसरी नेटवर्क फ़ाइल चुनें।</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>दूसरा काम चुनें, या बाद में फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>दूसरा काम चुनें।</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>कुछ और चुनें।</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>हर क्षेत्र के लिए बेहतर वाला चुनें।</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>बेहतर वाला चुनें।</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>बैकअप की फ़ाइल चुनें।</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>जो फ़ाइल यहाँ की है, वह चुनें।</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>चुनें कि क्या गलत है, और उसे ज़्यादा से ज़्यादा 500 अक्षरों में लिखें।</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>क्या गलत है, चुनें।</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>अपनी भाषा चुनें। आप इसे कभी भी बदल सकते हैं।</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>निकालें</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>इसे निकालें; नए काम के लिए नया चैनल चाहिए।</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>बाद में निकालें, जब और जमा हो जाए।</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>जितना हो सके निकालें, प्लेटफ़ॉर्म को बताएँ, और जवाब मिलने तक और काम न लें।</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>पहले निकाला गया</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>पहले निकाला गया, दूसरे कंप्यूटर से</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>कुल निकाला गया</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>आपके वॉलेट में निकाला गया</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>साफ़ निर्देश</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>आपका काम प्लेटफ़ॉर्म तक ले जाने वाली फ़ाइल बंद करें?</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>इसे फिर से बंद करें। थोड़े गैस कॉइन से आप खुद भी शुरू कर सकते हैं: कॉन्ट्रैक्ट का फ़ंक्शन start_close।</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>इसे तब बंद करें जब भुगतान के लिए और हो।</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>बड़ी तस्वीरों या वीडियो वाले टास्क से पहले दूसरे प्रोग्राम बंद करें।</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>फ़ोल्डर इस्तेमाल करने वाले दूसरे प्रोग्राम बंद करें और फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>जो पॉलिगन अधूरा है उसे पूरा करें।</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>अपना पेमेंट चैनल बंद करें?</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>बंद हो रहा है</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>हर शब्द अपने कागज़ से मिलाएँ और फिर लिखें, या नए शब्दों के लिए फिर शुरू करें।</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>पूरा पता दिए गए पते से मिलाएँ; केवल शुरू के अक्षर नहीं।</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>जो लिखा था उससे एक-एक शब्द, क्रम से, मिलाएँ।</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>हर क्षेत्र पूरा करें।</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>इसे भरें और फिर से पूरा करें।</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>इस कंप्यूटर को एक बार, एक मिनट के लिए, नेटवर्क से जोड़ें।</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>कॉन्ट्रैक्ट</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>सहयोगी</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>पूरा पता फिर से कॉपी करें और उसके पहले व आखिरी अक्षर मिलाएँ।</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>पूरी कुंजी फिर से कॉपी करें; वह 0x से शुरू हो सकती है।</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>इसे सुधारें, या {time} तक अपील करें: दोनों में से एक।</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>सुधारा गया</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>जब आपने लगाया तभी गिन लिया गया</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>{n} गिना जाता है: आसान टास्क, और एक ही काम देने वाले के बहुत से, कम गिने जाते हैं।</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>गिनता है कि आपके कितने टास्क जाँचे गए। यह केवल बढ़ता है।</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>जानवरों पर ज़ुल्म</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>रोज़ की सीमा</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>आज का डेटा</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>पिछले 14 दिन में इस्तेमाल हुआ डेटा: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>समय-सीमा प्लेटफ़ॉर्म के समय से चलती है, इसलिए इस वजह से आपका कुछ भी देर से नहीं है।</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>नहीं हुआ; कुछ नहीं कटा</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>अलग है</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>विवाद में</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>विवाद वाला काम</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>विवाद में, दोबारा फ़ैसला</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>विवाद में; दूसरे जाँचकर्ता फ़ैसला करते हैं</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>इस नेटवर्क में आगे न बढ़ें; नेटवर्क फ़ाइल को उसके प्रकाशक की फ़ाइल से मिलाएँ।</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>जब तक प्रकाशक न समझाए, इस नेटवर्क में काम न करें। अगर आपका केवल एक चेन नोड यह कहता है, तो सेटिंग में दूसरा इस्तेमाल करें।</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>पहले कुछ टास्क करें।</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>दस्तावेज़</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>हो गया</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>केवल प्लेटफ़ॉर्म ने निकाली, काम देने वाले के सीड के बिना: {n}।</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>लॉटरियाँ जो अभी खोली नहीं गईं, और यहाँ नहीं गिनी गईं: {n}।</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>हर लाइन एक अभियान है: उसके टास्क, इनाम, हर घंटे की कमाई और दाँव।</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>अपनी ज़मानत की जेब में और कमाएँ, और समय खत्म होने से पहले अपील करें।</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>पिछले {n} दिन की कमाई: {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>कमाई</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>सेटिंग में सही चेन के नोड का पता लिखें।</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>हर जवाब दूसरे लोग जाँचते हैं, जिनका सहमत होना ज़रूरी है; नामंज़ूर जवाब आप एक बार सुधार सकते हैं।</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>हर जवाब दूसरे लोग जाँचते हैं। उनके सहमत होने पर आपका {stake} GEM का दाँव मेहनताने के साथ वापस आता है; नामंज़ूर जवाब आप एक बार सुधार सकते हैं।</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>हर बदलाव तुरंत सहेजा जाता है। बिजली जाने पर भी कुछ नहीं खोता।</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>अगले {time} तक हर भुगतान के लिए पूछा जाएगा</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>बाकी सब</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>यहाँ सब कुछ आज़माने के लिए है। अभ्यास नेटवर्क के पैसों की कोई कीमत नहीं।</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>इसमें जो था सब दे दिया गया। {amount} GEM आपके वॉलेट में आए।</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>सबका फ़ैसला हो गया; {n} मंज़ूर, आपत्ति न हुई तो भुगतान होगा</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>सब भेजा गया और सबका फ़ैसला हो गया</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>सब भेजा गया; {n} फ़ैसले के इंतज़ार में</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>पहले सहेजा हुआ सब अब भी यहीं है।</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>यह होने के समय आपके चैनल पर आपका जो भी बकाया है, फ़ीस घटाकर सब उससे निकल जाता है।</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>आपका किया सब सहेजा हुआ है।</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>सबूत {path} में लिखा गया</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>उदाहरण {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>उदाहरण {n}, कुल {total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>प्लेटफ़ॉर्म से लेना-देना हो रहा है</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>अनुभवी</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>अपने वॉलेट की कुंजी फ़ाइल में एक्सपोर्ट करें?</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>इंसाफ़</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>फ़ीस</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>रिलेयर की फ़ीस: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>जाँचने वालों की फ़ीस</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>रिलेयर की फ़ीस</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>पहले नई खबर लाएँ और फिर कोशिश करें; ऐसा ही रहे तो दोनों आँकड़े प्लेटफ़ॉर्म को दिखाएँ।</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>{total} में से {done} लाया जा रहा है</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>कम नामंज़ूर जवाब और जल्दी भुगतान अच्छे संकेत हैं।</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>संयोग से जितने होते, उससे कम ऑडिट ({one_in} में 1)।</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>काम ढूँढें</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>बाकी समय खत्म होने से पहले पूरा करें।</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>इस प्लेटफ़ॉर्म के लिए और कुछ पूरा न करें। बंद होने तक इस कंप्यूटर को बीच-बीच में ऑनलाइन रखें।</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>पूरा हुआ, अभी सील नहीं</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>पहले कुछ उदाहरण: उनमें से {share} सही होने चाहिए। इनसे न पैसे कटते हैं, न मिलते हैं, और इन्हें दोहराया जा सकता है।</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>पहले कदम</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>पहली कोशिश</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>खराब पाया गया</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>आपकी ज़मानत में खाली</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>थोड़ी जगह खाली करके फिर कोशिश करें, या वह वर्शन शुरू करें जो आपके पास पहले था।</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>कुछ जगह खाली करें और फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>कुछ जगह खाली करें, या दूसरा फ़ोल्डर या पेन ड्राइव चुनें।</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>कुछ जगह खाली करें, या कम टास्क लें।</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>अब से आपका मेहनताना ज़मानत को बस इतने तक भरता है: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>आपकी ज़मानत से, बंद होना पूरा होने पर, {time} से: {amount} GEM।</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>{time} से आप इसे कॉन्ट्रैक्ट के पास ले जा सकते हैं।</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>पहले इसमें पैसे डालें, या इसकी शर्तें उनसे मिलाएँ जिनके लिए पैसे डाले गए।</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>जमा रकम</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>GEM शून्य पते पर नहीं भेजे जा सकते।</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>GEM इस पते पर नहीं भेजे जा सकते।</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>आपके वे GEM जो दाँव और अपील के लिए अलग रखे हैं। उनमें जो खाली है, उसे आप फिर निकाल सकते हैं।</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>चेन पर वे GEM जो केवल आपके हैं। आप रख सकते हैं या किसी को भी भेज सकते हैं।</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>वे GEM जो आप जवाब के साथ लगाते हैं। जवाब मंज़ूर हो तो वापस आते हैं, नामंज़ूर ही रहे तो चले जाते हैं।</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>GRAM का ऑडिट दो जाँचकर्ता करते हैं, जिनका सहमत होना ज़रूरी है।</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>गैस कॉइन</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>Gems पिछली बार ठीक से बंद नहीं हुआ।</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>Gems इस प्रोफ़ाइल के साथ पहले से खुला है।</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>Gems इसे अपने-आप फिर भेजता है।</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>Gems बाकी अपने-आप भेजता है।</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>Gems {gems}, Python {python}, Qt {qt}, {system} पर</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>Gems {version} डाउनलोड किया जा सकता है ({size})।</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>तैयारी हो रही है</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>हर क्षेत्र के लिए तारीख या समय दें।</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>तारीख या समय दें।</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>हर क्षेत्र के लिए संख्या दें।</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>संख्या दें।</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>हर क्षेत्र के लिए रेटिंग दें।</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>रेटिंग दें।</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>शून्य से ज़्यादा रकम दें।</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>दूसरा पता दें।</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>दूसरी रकम दें।</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>कम दें।</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>किसी का पता दें।</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>फ़ोल्डर अपने यूज़र को वापस दें, या डिस्क से लिखने की रोक हटाएँ।</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>अपना जवाब दें।</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>लौटाया गया</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>खुश</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>काम जारी रखें। एक घंटे बाद अपनी कमाई फिर देखें।</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>आगे बढ़ें; दोबारा हो तो ऐप बंद करके फिर खोलें।</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>अपडेट से पहले की कॉपी पर लौट रहे हैं</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>आगे बढ़ने के लिए ठीक है; और जाँचे हुए काम से ज़्यादा पता चलेगा।</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>ग्रेड</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>ग्रेड {grade}।</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>आधा मेहनताना इससे जल्दी आता है; 100 में से 95 {time} के अंदर।</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>आधी जाँचों में {time} से कम लगा।</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>आधे टास्क में {time} से कम लगा।</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>पूरा काम जमा करें?</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>अपनी जाँच जमा करें?</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>रिलेयर को दिया गया</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>नफ़रत और गाली</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>यहाँ वह सब है जो आपने पूरा किया, और वह कहाँ पहुँचा।</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>छिपाया गया: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>होम</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>ईमानदार काम से औसतन मिलता है</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>नया पता कितने घंटे रुकता है: {before} की जगह {after}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>जाँच के हिसाब से आपका काम कम से कम और ज़्यादा से ज़्यादा कितना अच्छा है। जितना ज़्यादा काम जाँचा जाए, दोनों उतने पास आते हैं।</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>जवाब भेजने से पैसे आपके होने तक कितना समय लगता है।</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>एक टास्क में आम तौर पर कितना समय लगता है।</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>इस काम देने वाले के यहाँ सौ में से कितने जवाब नामंज़ूर हुए। कम होना आपके लिए अच्छा है।</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>आपके कितने जवाब दूसरे लोग देखते हैं। कौन-से, यह आप नहीं जान सकते, इसलिए हर एक अच्छे से करें।</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>दोबारा फ़ैसले में दूसरों ने कितनी नामंज़ूरी गलत पाईं। ज़्यादा का मतलब: अपील करना फ़ायदेमंद है।</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>अगर यह दो बार शुरू न हो, तो पहले वाला वर्शन वापस आ जाता है। आपका वॉलेट और आपका काम बना रहता है।</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>नामंज़ूर हो, तो कारण पढ़ें। सुधारें, अपील करें, या रहने दें।</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>समय पर कोई जवाब न दे, तो कॉन्ट्रैक्ट नियमों से फ़ैसला करता है।</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>नामंज़ूरी गलत हो, तो अपील करें और कारण बताएँ। ज़मानत पहले दिखाई जाती है।</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>अगर विंडो काली रहे, तो GEMS_RENDERER=software लगाएँ।</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>हारने पर आपका नुकसान: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>हारने पर नामंज़ूरी कायम रहती है।</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>हारने पर नामंज़ूरी कायम रहती है; ज़मानत और अपील के लिए जो छोड़ा, दोनों चले जाते हैं।</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>फिर से कोशिश कर सकते हों, तो सुधारना अक्सर सबसे तेज़ है।</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>अगर आप यह चाहते हैं, तो फिर से कहें और दो मिनट के अंदर उस विंडो में हाँ कहें।</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>जीतने पर आपको {wins} GEM मिलते हैं। हारने पर {loses} GEM जाते हैं।</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>अगर आप दूसरे कंप्यूटर पर भी काम करते हैं, तो कुछ गलत नहीं। नहीं तो प्लेटफ़ॉर्म को बताएँ।</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>एक दिन में: {before} GEM की जगह {after} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>जाँच में</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>उस समय में काम देने वाला दो अनजान लोगों को पैसे देकर फिर दिखवा भी सकता है; केवल जब दोनों काम को खराब पाएँ, तब इनाम में से {amount} GEM तक वापस जाता है।</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>इस चैनल में आपका कुल लगाया हुआ होगा: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>आपकी पता-सूची में नाम: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>आपके फ़ोल्डर में</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>आपके वॉलेट में</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>Gems फिर से इंस्टॉल करें। तब तक तस्वीरों वाले टास्क नहीं दिखाए जा सकते।</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>Gems फिर से इंस्टॉल करें; Debian पर ./dev setup बताता है कि क्या कम है।</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>सबसे नया वर्शन फिर से इंस्टॉल करें।</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>यह दाँव माँगता है; आपकी ज़मानत की जेब में अभी काफ़ी नहीं है। ऐसे काम से शुरू करें जो दाँव न माँगे।</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>इसमें निजी जानकारी माँगी या दिखाई जाती है</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>यह पहले अपना अभ्यास पास करने को कहता है; उसमें कुछ खर्च नहीं होता।</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>इससे आपको {amount} GEM मिलते हैं।</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>यह सिस्टम के पैकेज मैनेजर से आया है, जो नए वर्शन भी लाता है।</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>यह कब तक हो सकता है: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>पढ़ा या समझा नहीं जा सकता</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>इसे वापस नहीं लिया जा सकता: भेजना शुरू हो चुका है, इसलिए यह प्लेटफ़ॉर्म के पास हो सकता है।</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>आपके जवाब मंज़ूर होते ही यह अपने-आप आता है।</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>थोड़ा गैस कॉइन लगता है, जो कोई भी दे सकता है। चेन पर मामला सबको दिखता है।</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>आपका कुछ नहीं लगता, और मंज़ूर होने पर {amount} GEM मिलते हैं। आपके पास {time} तक समय है।</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>आपका कुछ नहीं लगता। आपके पास {time} तक समय है।</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>इसमें {size} डेटा लगता है।</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>इसमें {size} डेटा लगता है; पूरे प्रोग्राम में {whole} लगता।</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>निर्देशों के अनुसार नहीं है</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>इसे {time} से पहले पहुँचना है, जब इसके पहले टास्क का समय खत्म होता है।</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>यह धोखा है, या प्लेटफ़ॉर्म के बाहर पैसे देना चाहता है</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>यह कानून के खिलाफ़ है</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>कनेक्शन मिलते ही इसकी कॉपी अपने-आप हो जाती है।</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>यह इस प्रोफ़ाइल से पहले का है। प्लेटफ़ॉर्म का साइन या चेन कुल रकम साबित करती है; एक-एक टास्क इस कंप्यूटर पर नहीं है।</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>यह कभी दो बार नहीं होता।</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>अभी पता नहीं कि कोई नया वर्शन है या नहीं।</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>यह अभी चेन पर नहीं है। अब इसे ले जाया जा सकता है।</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>यह चेन पर है और किसी ने अपील की है: {time} तक दोबारा फ़ैसला हो रहा है।</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>यह चेन पर है। कॉन्ट्रैक्ट {time} के बाद पैसे दे सकता है।</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>यह एक किस्त है, ज़्यादा से ज़्यादा 1 GEM, और आपका बकाया मानी जाती है। इसके भुगतान से पहले दूसरी साइन नहीं होती; बाकी ज़मानत वहीं रहती है।</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>यह आपका बकाया है और अगले वाउचर के साथ आएगा।</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>काम देने वाला {time} तक आपत्ति न करे, तो इसका भुगतान होता है।</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>काम देने वाला आपत्ति न करे, तो इसका भुगतान होता है।</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>जब तक प्लेटफ़ॉर्म इसके लिए साइन न करे, यह फिर-फिर भेजा जाता है, और एक ही बार गिना जाता है।</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>फिर कोशिश होती रहती है; सेटिंग में पहरेदार का पता देखें।</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>यह प्लेटफ़ॉर्म के पास वैसा ही है जैसा आपने भेजा।</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>अब आपकी बारी है: अपील करें, या रहने दें। कुछ न करें, तो यह अपने-आप कायम रहती है।</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>अब आपकी बारी है: सुधारें, अपील करें, या रहने दें।</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>अब आपकी बारी है: सुधारें, या रहने दें।</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>यह अगले कनेक्शन पर जाता है, ज़्यादा से ज़्यादा {time} तक।</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>जो लिखा है, उससे अलग पैसे देता है</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>बिना चेतावनी परेशान करने वाली चीज़ें दिखाता है</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>उसने आपके वाउचर से पुराना वाउचर लगाया, इसलिए बाकी सब आपका है: अंत में {amount} GEM।</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>मुझसे कोई लिंक या प्रोग्राम खुलवाना चाहता है</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>यह जैसा था वैसा छोड़ा गया। आपके पैसे चेन पर हैं और आपके गुप्त शब्द उन्हें कहीं भी खोलते हैं।</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>यह रखा नहीं गया, और कुछ खोला नहीं गया।</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>यह समय पर चेन को नहीं दिखाया गया, इसलिए कॉन्ट्रैक्ट इसके पैसे नहीं दे सकता।</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>इसे छुआ नहीं गया।</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>काम देने वाले ने आपत्ति की; दूसरे जाँचकर्ताओं ने फिर मंज़ूर किया।</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>काम देने वाले ने आपत्ति की; दूसरे जाँचकर्ताओं ने नामंज़ूर किया।</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>काम देने वाला आपत्ति करता है। दूसरे जाँचकर्ता दोबारा फ़ैसला करते हैं।</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>काम देने वाला इस मंज़ूर काम को फिर से देखने के लिए दो और जाँचकर्ताओं को पैसे देता है।</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>काम देने वाले ने लिखा:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>इसके गुप्त शब्द आपके कागज़ पर हैं: वे किसी भी कंप्यूटर पर वॉलेट वापस लाते हैं।</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>इसके गुप्त शब्द कभी आपके कागज़ से नहीं मिलाए गए। उनके बिना वॉलेट केवल इसी फ़ोल्डर में है।</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>पहुँचाने से पहले इसका समय खत्म हो गया।</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>केवल वही जाँचें जो निर्देश माँगता है, अपनी पसंद नहीं।</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>{time} तक फ़ैसला।</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>अपने बारह शब्द कागज़ पर सुरक्षित जगह रखें। साल में एक बार देखें कि वे पढ़े जाते हैं।</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>सिस्टम की कीरिंग में रखा</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>रख लिया।</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>पता जवाब</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>आपत्ति का आखिरी दिन</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>पिछले {n} दिन: भुगतान वाले टास्क पर हर घंटे {paid} GEM, बिना पैसे के समय सहित {all} GEM</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>बाद में</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>एक हफ़्ते के बाद</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>कम से कम और ज़्यादा से ज़्यादा</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>हज़ारों के बीच निशान न लगाएँ।</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>दाँव के लिए ज़मानत में बाकी: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>किसी पहरेदार या फ़ोल्डर में अपने वाउचर की कॉपी रखवाएँ।</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>पाने वाले को जमा करने दें।</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>स्तर</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>स्तर {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>स्तर: {level}।</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>{path} में लिखी पंक्तियाँ: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>चैनल में आपके लिए सुरक्षित</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>चैनल में बंद</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>चालू काम के लिए कॉन्ट्रैक्ट में रोका हुआ।</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>बाद में फिर देखें या दूसरा अभियान चुनें।</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>बाद में फिर देखें, या दूसरा फ़ोल्डर चुनें। आपका वर्शन चलता रहता है।</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>बाद में फिर देखें। अगर यह पेन ड्राइव से आया है, तो उस पर फिर से लिखवाएँ।</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>समय आने पर फिर देखें; आउटबॉक्स बताता है कब।</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>ऑनलाइन होने पर फिर देखें, या पेन ड्राइव से नया वर्शन लें।</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>फिर देखें।</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>रकम और पता देखें, और फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>जवाब देखें और बगल का निर्देश भी।</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>मामला देखें: वह इसी टास्क का, पूरा और साइन के समय जैसा होना चाहिए।</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>फिर भुगतान करने से पहले वॉलेट की बाकी रकम देखें।</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>सेटिंग में “नए वर्शन” के नीचे देखें। डाउनलोड से पहले आपको दिखता है कि कितना डेटा लगेगा।</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>किसी नए के लिए काम करने से पहले यहाँ देखें।</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>देखें कि ऐसी फ़ाइल पहले से तो नहीं है, और डिस्क भरी तो नहीं है।</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>{time} को देखा गया</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>नया वर्शन देखने के लिए कनेक्शन चाहिए।</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>नया वर्शन देख रहे हैं…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>औसत नुकसान</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>हारे: दूसरे जाँचकर्ताओं ने भी नामंज़ूर किया।</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>वॉलेट बनाएँ। कुछ नहीं लगता, न बैंक चाहिए, न नाम।</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>नया बनाएँ, या शब्दों से वापस लाएँ।</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>विंडो में नया बनाएँ, या अपना वापस लाएँ।</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>और काम लेने से पहले जगह बनाएँ; जो रखा है वह सुरक्षित है।</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>जगह बनाएँ, फिर जारी रखें। जितना आ चुका है वह रखा रहता है।</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>एक ही काम देने वाले के एक जैसे बहुत से टास्क, एक कीमत और एक जैसे नियमों के साथ।</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>निशान</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>कम से कम एक क्षेत्र पर निशान लगाएँ।</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>सचमुच किए गए काम से मापा गया।</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>माप</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>इलाज की तस्वीरें</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>काम देने वालों के संदेश: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>पैसे वहाँ जा सकते हैं</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>पैसे वहाँ तुरंत, आपकी रोज़ की सीमा के अंदर, बिना पूछे जा सकते हैं।</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>पैसे वहाँ बिना पूछे, आपकी रोज़ की सीमा के अंदर, इतने घंटे बाद जा सकते हैं: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>संयोग से जितने होते, उससे ज़्यादा ऑडिट ({one_in} में 1)।</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>आपके पिछले जवाबों में से आम तौर से ज़्यादा नामंज़ूर हुए।</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>ज़मानत का एक हिस्सा निकासी लायक बनाएँ?</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>ज़मानत से निकासी लायक बनाया</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>ज़मानत में डाला</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>दूसरी जगह कॉपी रखने के लिए सेटिंग में पहरेदार या फ़ोल्डर बताएँ।</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>इसके धारक का नाम बताएँ।</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>नाम: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>दोनों में से कोई नहीं</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>इनकी फ़ोटो कभी न लें और किसी को कभी न बताएँ, हमें भी नहीं।</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>नई सूचनाएँ: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>नए वर्शन</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>नया काम</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>नए साथी</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>खबरें जिन्हें जाँचने के लिए कनेक्शन चाहिए: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>नई खबरें: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>नौ टास्क 1 GEM दें और एक कुछ न दे: औसत 0.90।</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>अभी किसी जवाब का फ़ैसला नहीं हुआ, इसलिए इंसाफ़ के बारे में कुछ नहीं कहा जा सकता।</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>इस टास्क का कोई दावा इंतज़ार में नहीं है।</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>कोई आधी फ़ाइल नहीं छूटी, और आपका काम इस कंप्यूटर पर रखा है।</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>अभी फ़ैसला हुआ काम नहीं</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>अभी फ़ैसला हुआ काम नहीं।</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>कोई कुंजी नहीं बताई गई।</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>अब उपलब्ध नहीं</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>देर तक नेटवर्क नहीं? आउटबॉक्स में “बिना नेटवर्क…” चुनें और फ़ाइल पेन ड्राइव पर लिखें।</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>{code} की पिछले 30 दिनों की कोई दर पता नहीं। खुद लिखें, या प्लेटफ़ॉर्म की दर का इंतज़ार करें।</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>अभी रेटिंग नहीं।</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>किसी नामंज़ूरी पर अपील नहीं हुई।</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>दाँव नहीं। जब तक आपका रिकॉर्ड नया है, इनाम का {fee} जाँच में जाता है; आपके {audit} जवाब जाँचे जाते हैं। हर सही निकले जवाब के साथ फ़ीस घटती है।</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>यहाँ कोई टास्क नहीं है</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>किसी टास्क का भुगतान नहीं करना था।</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>चेन पर इस टास्क का कोई फ़ैसला इंतज़ार में नहीं है।</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>वहाँ Gems का कोई वर्शन नहीं मिला।</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>अभी ऐसा काम नहीं जिसे ऑडिट के लिए चुना जा सके।</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>जवाब कोई नहीं जाँचता, जब तक काम देने वाला इसके लिए दो अनजान लोगों को पैसे न दे; बाकी सब जैसा है वैसा मंज़ूर होता है।</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>यहाँ अभी किसी ने कुछ नहीं लिखा।</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>समय पर किसी ने फ़ैसला नहीं किया, इसलिए मंज़ूर माना जाता है।</translation>
        </message>
        <message>
            <source>None</source>
            <translation>कोई नहीं</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>आपके किसी अभियान में अभी आपके लिए टास्क नहीं हैं।</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>ऑडिट नहीं हुआ</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>अभी काफ़ी जाँचा हुआ काम नहीं।</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>यहाँ जो है उससे समझाया नहीं जा सकता</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>अभी खोला नहीं गया</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>सही नहीं</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>नहीं भेजा गया: यह बातचीत बंद है</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>पक्का नहीं? लौटा दें; इसमें कुछ नहीं लगता।</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>नहीं लिए गए; क्या करना है, आउटबॉक्स बताता है: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>अभी इस्तेमाल नहीं</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>इनाम के सिवा कुछ नहीं; नामंज़ूरी कायम रहती है।</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>जब तक यह प्लेटफ़ॉर्म अपनी कुंजी दर्ज नहीं करता, चेन पर इससे कुछ नहीं माँगा जा सकता। उसे बताएँ।</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>चैनल में शून्य नहीं डाला जा सकता।</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>अभी कोई भुगतान नहीं हुआ।</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>इसमें कुछ नहीं बदला।</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>अभी कोई जवाब नहीं दिया।</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>चालू काम के लिए कुछ रोका नहीं गया है।</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>इससे कुछ नहीं जाता। अगर अक्सर हो, तो सेटिंग में रिपोर्ट सहेजें।</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>कुछ नहीं गया; वॉलेट अभी बन रहा है।</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>कुछ कम नहीं है। अंत में आपकी ज़मानत से {amount} GEM आते हैं।</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>और कुछ नहीं: हिसाब हो गया।</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>कुछ करने की ज़रूरत नहीं। बंद होना पूरा होने पर ज़मानत अपने-आप आती है।</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>कुछ करने की ज़रूरत नहीं: किस्त अपने-आप फिर भेजी जाती है। कई दिन तक भुगतान न हो, तो प्लेटफ़ॉर्म को बताएँ और उससे और काम न लें।</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>उसका कुछ भी नहीं रखा गया। आपका वर्शन चलता रहता है।</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>कुछ अजीब नहीं: संयोग से लगभग इतना ही होता है।</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>भेजने को कुछ बाकी नहीं</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>भेजने को कुछ बाकी नहीं। फ़ाइल फिर भी नई खबर माँग सकती है: फ़ैसले और भुगतान।</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>कुछ मंज़ूर नहीं किया गया, और कुछ दाँव पर नहीं है।</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>कुछ मंज़ूर नहीं किया गया।</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>कुछ नहीं बदला और शब्द नहीं रखे गए।</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>कुछ नहीं बदला और आपका लिखा नहीं रखा गया।</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>कुछ नहीं बदला।</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>कुछ नहीं बदला। आपका वॉलेट अब भी इस कंप्यूटर पर रखा है।</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>कोई रकम नहीं हिली।</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>कुछ नहीं भेजा गया, और साइन किया हुआ सब यहाँ रखा है।</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>कुछ नहीं भेजा गया।</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>कुछ साइन नहीं हुआ और कुछ दाँव पर नहीं है।</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>कुछ साइन नहीं हुआ और कुछ नहीं बदला।</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>वहाँ न कुछ साइन हुआ, न भेजा गया। आपकी कुंजियाँ और आपका काम इस कंप्यूटर पर हैं।</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>कुछ साइन नहीं हुआ।</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>अभी कुछ नहीं रखा गया।</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>कुछ नहीं रखा गया।</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>कुछ नहीं लिया गया। आप फिर से कोशिश कर सकते हैं।</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>कुछ नहीं लिया गया; जो आपके पास यहाँ है वह सुरक्षित है, और उसे पूरा करके भेजा जा सकता है।</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>आज की सूचनाएँ: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>अभी</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>संख्या वाली कुंजियाँ जवाब चुनती हैं; Enter टास्क पूरा करता है। F2 सब कुंजियाँ दिखाता है।</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>मंज़ूर जवाबों पर काम देने वाले की आपत्तियाँ: {n}; सही मानी गईं: {won}।</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>किसी काम देने वाले का नहीं</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>इनमें से अभी: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>आपके पिछले {last} में से {rejected} नामंज़ूर हुए: आपके लंबे रिकॉर्ड जितना अच्छा नहीं।</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>आपके पिछले {last} में से {right} सही थे: आपके लंबे रिकॉर्ड से बेहतर।</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>ऑफ़लाइन: काम जारी रखें, बाद में भेजा जाएगा</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>Debian पर libpulse0 इंस्टॉल करें। बिना आवाज़ और वीडियो वाले टास्क चलते हैं।</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>औसतन</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>चेन पर, पुष्टि का इंतज़ार</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>आपकी ज़मानत से बाहर जा रहा है</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>ज़मानत से बाहर रास्ते में: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>रास्ते में: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>एक जवाब भेजना बाकी</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>जवाब सील करने पर एक बनती है।</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>एक संख्या कि आपका काम कितना अच्छा था, जो इस कंप्यूटर पर साइन किए फ़ैसलों से गिनी जाती है।</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>एक वोट इस काम को मंज़ूर करता है, इसलिए यह इनकार साबित नहीं करता।</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>एक और जाँचकर्ता, जिसने इस पर पहले फ़ैसला नहीं दिया</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>यहाँ एक टास्क है, लगभग {time} का काम</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>इस बैच में एक टास्क बाकी</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>ऑनलाइन</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>केवल एक चेन नोड लगा है, इसलिए उसकी बात किसी से मिलाई नहीं जा सकती।</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>यह फ़ैसला केवल शर्तों में लिखा पंच कर सकता है।</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>यह केवल अभियानों का कॉन्ट्रैक्ट कर सकता है।</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>यह केवल फ़ैसला करने वाला कॉन्ट्रैक्ट कर सकता है।</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>इसे केवल प्लेटफ़ॉर्म पढ़ सकता है, और रास्ते में कोई बदल नहीं सकता।</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>यह साइन किया भुगतान केवल पाने वाला जमा कर सकता है।</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>यह केवल अभियान का काम देने वाला कर सकता है।</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>चैनल केवल उसके दोनों पक्ष बंद कर सकते हैं।</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>नेटवर्क से हो या पेन ड्राइव से, केवल वही लिया जाता है जो Gems बनाने वालों ने साइन किया है।</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>प्रोफ़ाइल का फ़ोल्डर केवल आप पढ़ सकते हैं।</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>प्रोफ़ाइल की डिस्क पर केवल {megabytes} MB खाली हैं।</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>मेमोरी में केवल {megabytes} MB खाली हैं।</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>Gems खोलें</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>ब्राउज़र खोलें, नेटवर्क में लॉग इन करें, और फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>कुछ लेने से पहले कोई अभियान खोलकर देखें कि कितना जीत या हार सकते हैं।</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>आउटबॉक्स खोलें और पढ़ें कि जवाब क्यों नामंज़ूर हुआ, और कौन-सी जगह बताई गई है।</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>आपकी प्रोफ़ाइल खुल रही है</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>दूसरे अभियान</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>दूसरे लोग एक के बाद एक वही टास्क करते हैं, जब तक यह काफ़ी पक्का न हो कि कौन-सा जवाब सही है; दूसरी कोशिश नहीं होती।</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>दूसरे लोग दोबारा फ़ैसला करते हैं। जीतने पर आपका मेहनताना और ज़मानत वापस मिलती है।</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>इस कंप्यूटर के दूसरे यूज़र प्रोफ़ाइल का फ़ोल्डर पढ़ सकते हैं।</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>दूसरे जाँचकर्ता दोबारा फ़ैसला करते हैं, ज़्यादा से ज़्यादा {time} तक।</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>दूसरा काम</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>दूसरे कामगार</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>आउटबॉक्स</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>पलट गया</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>बकाया</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>भुगतान ज़्यादा से ज़्यादा</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>पहले भुगतान हुआ; उसका काम इस कंप्यूटर पर नहीं है</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>आपके चैनल में आया</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>आपके चैनल में आया।</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>भुगतान किया</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>दूसरे सहमत हों तो भुगतान</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>अगले वाउचर के साथ मिलेगा।</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>मेहनताना</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>जाँच का मेहनताना</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>टास्क का मेहनताना</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>उन जवाबों के पैसे जो आपने भेजे और जिनका फ़ैसला बाकी है। तब तक ये आपके नहीं हैं।</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>कम टास्क का भुगतान करें।</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>कम का भुगतान करें।</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>आपका सुधार देखने का मेहनताना</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>एक या ज़्यादा टास्क का भुगतान करें।</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>इन जाँचों का मेहनताना</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>अभियान से काम का भुगतान करें?</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>उस काम के पैसे जिस पर दोबारा फ़ैसला हो रहा है। जल्द तय होगा कि किसे मिलेंगे।</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>इस वाउचर में कमाई</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>अपनी कमाई निकालें?</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>हर घंटे की कमाई</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>पैसे जो तय हो चुके हैं पर जिन पर अभी साइन नहीं हुए। प्लेटफ़ॉर्म के अगले वाउचर में होंगे।</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>पैसे जो प्लेटफ़ॉर्म के साइन से आपके साबित हैं। जब चाहें निकालें।</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>पेमेंट चैनल</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>न पैसे मिलते हैं, न कोई जोखिम है।</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>जुर्माना</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>नामंज़ूर होने पर जुर्माना</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>तस्वीरें</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>तस्वीरें ग्राफ़िक्स कार्ड बनाता है।</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>तस्वीरें ग्राफ़िक्स कार्ड के बिना बनती हैं, और यह काफ़ी है।</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>अनजान लोगों की तस्वीरें एक अलग प्रोसेस में खोली जाती हैं।</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>स्तंभ</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>प्लेटफ़ॉर्म</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>अभ्यास</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>तीन उदाहरणों से अभ्यास करें</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>अभियान तैयार हो रहा है: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>जवाब सही हो, तो A दबाएँ।</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>गलत हो, तो R दबाएँ, फिर कारण चुनें: जवाब देने वाले को पता हो कि क्या सुधारना है।</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>किसी भी संख्या के पास “?” दबाकर उसका मतलब पढ़ें।</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>शायद आपके 55 % से कम जवाब सही हैं।</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>शायद आपके 70 % से कम जवाब सही हैं।</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>इसके बजाय वॉलेट को पासवर्ड से सुरक्षित करें।</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>आपके पासवर्ड से सुरक्षित</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>कॉन्ट्रैक्ट में डाला</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>हर क्षेत्र की चीज़ें क्रम में रखें।</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>चीज़ें क्रम में रखें।</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>दाँव लगाएँ?</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>Python {python} Gems के साथ नहीं चलता।</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>Qt लोड नहीं हो सका।</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>बंद करें</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>पहले निर्देश पढ़ें। वह बताता है कि अच्छा जवाब क्या है।</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>निकासी के लिए तैयार</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>अभी निकासी के लिए तैयार: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>ताज़ा करें और फिर चुनें।</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>ताज़ा करें और फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>स्थिति देखने के लिए ताज़ा करें।</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>ताज़ा करें, और देखें कि चेन अब क्या कहती है।</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>नियमित</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>नामंज़ूर</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>नामंज़ूर जवाब</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>{time} को नामंज़ूर हुआ।</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>संबंध</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>रिलेयर</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>जिन टास्क के पैसे मिल चुके, उन्हें मुक्त करें?</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>पहले कुछ हटाएँ।</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>प्रोग्राम को उसी तरह हटाएँ जैसे उसे इंस्टॉल किया गया था।</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>प्रोग्राम को उसके फ़ोल्डर की uninstall.sh से हटाएँ।</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>प्रोग्राम को अपने सिस्टम के पैकेज मैनेजर से हटाएँ।</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>काम देने वाला</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>काम देने वाले की रिपोर्ट</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>काम देने वाला {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>ब्लॉक किए काम देने वाले: {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>गुप्त शब्दों से वॉलेट वापस लाएँ; पहले vault.json को अलग रखें।</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>जाँच</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>जाँच नं. {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>जाँच नं. {n}, बिना देखे जवाब</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>जाँचकर्ता</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>जाँचें जिन पर फ़ैसला हुआ: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>इनाम</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>इनाम 1 GEM, फ़ीस 5 %: आपको 0.95 GEM दिखते और मिलते हैं।</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>टास्क का इनाम</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>टास्क का इनाम</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>सही</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>{file} नाम से सहेजा गया।</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>फिर से सील करें।</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>अपने जवाब सील करें और भेजें</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>सील है और भेजना बाकी है</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>दूसरी नज़र</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>दूसरी कोशिश</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>खुद को नुकसान पहुँचाना</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>अपने वॉलेट से GEM भेजें?</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>एक बार में कम टास्क भेजें।</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>इसे {time} तक भेजें।</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>इसे भेजें, या पहले वापस लें।</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>कम भेजें, या पहले चैनल में जो है उसे निकालें।</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>कम भेजें, या पहले खाते में GEM डालें।</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>जो पूरा हो गया उसे भेजें, उसके फ़ैसलों का इंतज़ार करें, फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>भेजने का समय</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>यह जवाब भेजना शुरू हो चुका है: शायद यह प्लेटफ़ॉर्म के पास है।</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>{total} में से {done} भेजा जा रहा है</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>भेजी गई</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>दूसरे पते पर भेजा</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>भेजा गया, फ़ैसला बाकी</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>भेज दिया। पेन ड्राइव उत्तर के साथ वापस दें: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>यह कंप्यूटर दूसरे भी चलाते हों, तो लॉक और रोज़ की सीमा लगाएँ।</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>इस कंप्यूटर की घड़ी ठीक करें; तब तक इसके दिखाए समय गलत हैं।</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>घड़ी ठीक करें; तब तक Gems प्लेटफ़ॉर्म के समय से चलता है।</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>तारीख और समय ठीक करें, फिर दोबारा देखें।</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>सेटिंग, सुरक्षा और बैकअप</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>आपकी पक्की हो चुकी जाँचें जो बाद में पलटी गईं: {reviews} में से {overturned}।</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>यौन सामग्री</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>यह प्लेटफ़ॉर्म को दिखाएँ। अगर आपके पास वाउचर की फ़ाइल है, या ऐसा पहरेदार मालूम है जिसने आपका वाउचर रखा, तो वहाँ नया वाउचर ढूँढें: सेटिंग, पैसे में, “सुरक्षित रखा” के नीचे।</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>छोड़ा गया</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>कुछ में पहले उदाहरण करने होते हैं। उनमें कुछ नहीं लगता, और आप उन्हें दोहरा सकते हैं।</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>इसमें से कुछ परेशान कर सकता है।</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>कुछ टास्क से ज़्यादा मिलता है, कुछ से कम या कुछ नहीं। यह बहुत सारे टास्क का औसत है।</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>किसी ने पहले फ़ैसले पर अपील की; दोबारा फ़ैसला करने वालों में आप भी हैं।</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>किसी को गाली या धमकी दी गई है</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>पैनल का कोई सदस्य अभियान की शर्तों के जाँचकर्ताओं में नहीं है।</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>कोई पेन ड्राइव को नेटवर्क वाले कंप्यूटर तक ले जाता है। आपका काम न कोई पढ़ सकता है, न बदल सकता है।</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>जो आपकी निकासी चेन तक पहुँचाता है और गैस कॉइन देता है, थोड़ी-सी फ़ीस पर।</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>कुछ और</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>इस ऐप में कुछ गड़बड़ हुई।</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>आपके चैनल में कुछ गड़बड़ है</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>कुछ छूट गया</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>आवाज़</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>आवाज़ और वीडियो चलाए जा सकते हैं।</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>आवाज़ और वीडियो यहाँ नहीं चलाए जा सकते।</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>इस कंप्यूटर पर आवाज़ और वीडियो नहीं खुल सकते: सिस्टम की एक लाइब्रेरी नहीं है (Debian पर: libpulse0)।</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>रफ़्तार</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>दाँव</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>दाँव 0.10, इनाम 0.50: मंज़ूर होने पर 0.50 मिलते हैं और आपके 0.10 वापस।</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>जोखिम में दाँव</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>दाँव वापस आया</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>दाँव गया</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>दाँव लगाया</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>दाँव, नामंज़ूर होने से गया</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>अभियान की ज़िम्मेदारी लें?</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>Gems को डेस्कटॉप से शुरू करें।</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>इसे बनाने के लिए Gems एक बार शुरू करें।</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>Gems शुरू करें: वह सबसे नई सही कॉपी वापस लाता है और खराब फ़ाइल रख लेता है। डिस्क देखें।</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>नया वर्शन शुरू करें, या नई प्रोफ़ाइल में वॉलेट को उसके गुप्त शब्दों से वापस लाएँ।</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>--home के साथ इस कंप्यूटर की किसी डिस्क का फ़ोल्डर देकर शुरू करें, या इस फ़ोल्डर को इस्तेमाल के लायक बनाएँ।</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>शुरुआती</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>चेन शुरू हो रही है</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>प्लेटफ़ॉर्म शुरू हो रहा है</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>थोड़ी देर ऑनलाइन रहें: Gems इन्हें अपने-आप वापस देता है। फिर दोबारा कोशिश करें।</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>थोड़ी देर ऑनलाइन रहें: Gems उन्हें अपने-आप भेजता है। फिर दोबारा कोशिश करें।</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>निकासी के लिए खाली रहता है</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>कम से कम {n} अक्षर रखें; एक साथ कुछ शब्द याद रखना आसान है।</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>ऑनलाइन रहते हुए काफ़ी टास्क ले लें।</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>हो सके तो पहले इसे वापस लें।</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>जब तक इस प्लेटफ़ॉर्म की कुंजी दर्ज न हो, इससे और काम न लें।</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>इस नेटवर्क में न काम लें, न पैसे भेजें; इसकी फ़ाइल को प्रकाशक की फ़ाइल से मिलाएँ।</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>ऑनलाइन रहते हुए टास्क लें; आप उन्हें बिना नेटवर्क के कर सकते हैं।</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>उनसे पढ़ने का अधिकार हटाएँ: फ़ोल्डर पर chmod 700।</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>अपने पहले टास्क लें</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>वापस लिया गया</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>टास्क लेना</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>टास्क नं. {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>टास्क नं. {n}, सुधारा हुआ</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>टास्क {index}, कोशिश {attempt}: दूसरे लोग दौर {round} में दोबारा फ़ैसला करते हैं।</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>{campaign} का टास्क {n}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>टास्क जिन पर फ़ैसला हुआ: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>टास्क जिनका समय जल्द खत्म होगा: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>आप जो टास्क लेते हैं, वे एक समय तक आपके लिए रखे जाते हैं। उससे पहले किसी और को नहीं मिलते।</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>टास्क जिनका समय खत्म हुआ: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>दस के आसपास; आप उन्हें बिना नेटवर्क के कर सकते हैं।</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>पाठ</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>वह एक घंटे में है</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>उस पासवर्ड से यह वॉलेट नहीं खुलता।</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>भरोसा पेज दिखाता है कि यह कितना दूर है।</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>खाते में उतने GEM नहीं हैं जितने भेजने थे।</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>रकम बदल गई है।</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>रकम इतनी बड़ी है कि चैनल में नहीं आ सकती।</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>रकम शून्य है या बहुत बड़ी है।</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>सुधारने से पहले का जवाब</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>जवाब पूरा नहीं है</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>जवाब पर टास्क के कामगार के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>जो जवाब नामंज़ूर हुआ</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>जवाब अपनी समय-सीमा से पहले चेन पर दर्ज नहीं हुआ।</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>जवाब पर प्लेटफ़ॉर्म के साइन नहीं थे।</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>अपील का पैनल फ़ैसला करता है। आपको कुछ नहीं करना है।</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>सौंपे गए काम पर प्लेटफ़ॉर्म के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>पट्टी दिखाती है कि अब तक कम से कम और ज़्यादा से ज़्यादा कितना पक्का है। हर जाँच इसे छोटा करती है।</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>बड़ा बटन आपको आगे ले जाता है: अगले टास्क पर, या नए काम पर।</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>बिल पर प्लेटफ़ॉर्म के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>टास्क की ज़मानत और दाँव; नामंज़ूरी कायम रहती है।</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>{amount} GEM की ज़मानत चली गई।</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>ज़मानत का लक्ष्य रख लिया गया।</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>आपकी लगाई ज़मानत</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>ज़मानत; नामंज़ूरी कायम रहती है।</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>बस आज फिर एक घंटा देर से आई।</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>अभियान में ऐसा कोई दौर नहीं है।</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>अभियान अभी खत्म नहीं हुआ।</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>इस जाँच का अभियान इस कंप्यूटर पर नहीं है।</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>इस टास्क का अभियान इस कंप्यूटर पर नहीं है।</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>अभियान बहुत दूर भविष्य में खत्म होगा।</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>अभियान तो खत्म हो चुका होता।</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>अभियान के दौर, ऑडिट की संभावना या जुर्माना मुमकिन नहीं है।</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>अभियानों के कॉन्ट्रैक्ट का निर्णायक कोई और है।</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>अभियानों को निर्णायक चाहिए।</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>मामला इस टास्क के किसी और सौंपे काम का है।</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>मामला {path} में लिखा गया</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>अभी चेन से पूछा नहीं जा सकता।</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>चेन पर इससे अलग फ़ैसला है।</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>चेन पर इस अभियान के लिए पैसे नहीं हैं।</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>चेन ऐसा कोई चैनल नहीं जानती।</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>चेन नोड ने लेन-देन नहीं लिया: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>चेन नोड आधे घंटे से नया कुछ नहीं दिखाते: वे चेन के साथ चलना बंद कर चुके हैं।</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>पैसों के बारे में चेन की बात प्लेटफ़ॉर्म से अलग है: नीचे देखें।</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>चैनल बंद हो रहा है या बंद है।</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>चैनल बंद नहीं हो रहा है।</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>चैनल रखा नहीं गया।</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>जाँच खुद ही नहीं चल सकी।</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>निकासी आपके दिए समय के बाद आई।</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>निकासी मंज़ूर नहीं हुई।</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>इस कंप्यूटर की घड़ी गलत है।</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>लगता है इस कंप्यूटर की घड़ी गलत है।</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>बंद करना पहले से रास्ते में है।</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>बंद करने का अनुरोध रिलेयर को दिया गया। चेन का जवाब थोड़ी देर में आता है।</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>चैनल का बंद होना अभी पूरा नहीं किया जा सकता।</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>आपके चैनल का बंद होना एक दिन पहले पूरा हो सकता था, और प्लेटफ़ॉर्म ने नहीं किया।</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>आपने चैनल बंद करने को कहा था, वह नहीं हुआ।</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>गिरवी रकम पहले से बाहर जा रही है।</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>कॉन्ट्रैक्ट ने इसे आपके वॉलेट में दे दिया।</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>कॉन्ट्रैक्ट आपकी ज़मानत आपके लिए रखता है। इसे पूरा करने की कोई आखिरी तारीख नहीं, और कोई और इसे नहीं ले सकता।</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>कॉन्ट्रैक्ट को खाते से इतने GEM लेने की इजाज़त नहीं है।</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>कॉन्ट्रैक्ट ने मना किया और कारण नहीं बताया: कोई संख्या ठीक नहीं है, या गैस कम था।</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>कॉन्ट्रैक्ट ने मना किया: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>कॉन्ट्रैक्ट आज इस अभियान का और हिसाब नहीं करता।</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>कॉपी {day} की है। उसके बाद नए वर्शन की लिखी प्रविष्टियाँ: {count}।</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>डेटाबेस पढ़ा नहीं जा सकता।</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>डेटाबेस खराब है।</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>डेटाबेस ठीक है: {answers} जवाब, {unsent} अभी भेजे नहीं गए।</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>इस प्रोफ़ाइल का डेटाबेस खराब हो गया था।</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>डेटाबेस Gems के नए वर्शन का लिखा है।</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>इस कंप्यूटर की तारीख गलत है।</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>आपके जवाब का फ़ैसला: मंज़ूर, या कारण के साथ नामंज़ूर।</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>बाहर लेने की देरी अभी पूरी नहीं हुई।</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>नेटवर्क का ब्योरा इस्तेमाल नहीं हो सकता।</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>डिस्क भर गई है, इसलिए यह सहेजा नहीं जा सका।</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>डिस्क भर गई है।</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>दस्तावेज़ में ऐसा पेज नहीं है।</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>दस्तावेज़ पर पासवर्ड लगा है।</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>डाउनलोड कभी भी रोका और फिर जारी किया जा सकता है। इस बीच काम करते रहें।</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>लॉटरी इस कंप्यूटर पर दोबारा निकाली गई।</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>इस फ़ैसले के लिए अमानत में पैसे कम हैं।</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>सबूत {path} में लिखा गया</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>जितने कम, उतना अच्छा: जो पूछा गया उसी पर फ़ैसला करें।</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>फ़ाइल पढ़ी नहीं जा सकती।</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>फ़ाइल वहाँ लिखी नहीं जा सकती।</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>फ़ाइल खुल नहीं सकी।</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>फ़ाइल लिखी नहीं जा सकी।</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>फ़ाइल खराब है।</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>फ़ाइल अभी इस कंप्यूटर पर नहीं है।</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>फ़ाइल इतनी बड़ी है कि सुरक्षित नहीं खुल सकती।</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>डिस्क पर जो फ़ाइल है वह इस टास्क की नहीं।</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>फ़ाइल उस पासवर्ड से खुलती है जो आपने अभी उसके लिए लिखा।</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>वॉलेट रखने वाली फ़ाइल खराब है।</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>आपका वॉलेट रखने वाली फ़ाइल खराब है।</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>फ़ाइल खुलने में बहुत देर लगी।</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>इस प्रोफ़ाइल की फ़ाइलें न पढ़ी जा सकती हैं, न लिखी।</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>पहला: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>पहली शिकायत कायम है।</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>पैसों की बात मानने से पहले पहले दो की तुलना होती है।</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>चार संख्याएँ बताती हैं कि आपने कितना कमाया, कितना निकाल सकते हैं, कितना जाँच में है और कितना भेजना बाकी है।</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>उसने आपके लिए जो सबसे बड़ी रकम साइन की, वही मानी जाती है और यहाँ रखी है। उसके दो साइन यह साबित करते हैं।</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>जिस कुंजी से प्लेटफ़ॉर्म साइन करता है, वह चेन पर उसके नाम दर्ज नहीं है।</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>साइन करने वाली कुंजी चेन पर इस प्लेटफ़ॉर्म के नाम दर्ज नहीं है।</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>कुंजी {path} में लिखी गई</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>लेबल गलत है</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>आखिर की सूची बताती है कि हर रकम क्यों आई या गई।</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>चैनलों और रकमों की सूचियाँ बराबर लंबी नहीं हैं।</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>स्थानीय अभ्यास नेटवर्क शुरू नहीं हुआ।</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>लॉटरी में आपका जवाब नहीं निकला, इसलिए उसे कोई नहीं जाँचता: वह मंज़ूर है।</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>पैसे अभी चेन पर नहीं जाँचे गए।</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>वे पैसे जिनमें आपको भुगतान होता है। एक GEM के बहुत से छोटे हिस्से हैं, ताकि छोटे काम के भी पैसे मिल सकें।</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>इस अमानत के पैसे पहले से बाहर जा रहे हैं।</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>इस कंप्यूटर ने पैसे चेन पर जाँच लिए।</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>नेटवर्क पहले अपना लॉग इन माँगता है।</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>अब से नया पासवर्ड चलेगा।</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>नया वर्शन लिखा नहीं जा सका: डिस्क भरी है, या वहाँ लिखने की इजाज़त नहीं है।</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>नया वर्शन अगली बार Gems खोलने पर शुरू होता है, आपके काम के बीच में कभी नहीं।</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>नया वर्शन अगली बार Gems खोलने पर शुरू होगा। आपका कोई काम बीच में नहीं रुकता।</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>सबसे नया बैकअप पढ़ा नहीं जा सकता।</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>सबसे नया, {time} से</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>अगला ग्रेड, {grade}, अभी बहुत दूर है।</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>संचालक ने आपकी अपील का जवाब दे दिया, और आपको हटाना कायम है। आप फिर लिख सकते हैं।</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>दूसरे जाँचकर्ता आपसे सहमत हैं।</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>दूसरे जाँचकर्ताओं ने अलग फ़ैसला दिया, इसलिए इस जाँच के पैसे नहीं मिलते।</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>पैनल में ऐसी कोई सीट नहीं है।</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>पैनल अपने पतों के क्रम में नहीं है।</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>पैनल पर प्लेटफ़ॉर्म के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>Gems का जो हिस्सा आपकी कुंजियाँ रखता है, वह रुक गया है।</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>पासवर्ड खाली है।</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>पासवर्ड बहुत छोटा है।</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>भुगतान पर अभियान के काम देने वाले के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>इस बिल का भुगतान जमा नहीं हुआ।</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>GEM लेने की इजाज़त देर से आई।</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>तस्वीर खुल नहीं सकी।</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>तस्वीर खराब है।</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>तस्वीर अभी इस कंप्यूटर पर नहीं है।</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>तस्वीर इतनी बड़ी है कि सुरक्षित नहीं दिख सकती।</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>डिस्क पर जो तस्वीर है वह इस टास्क की नहीं।</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>तस्वीर खुलने में बहुत देर लगी।</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>प्लेटफ़ॉर्म अपनी कुंजी से साइन करके {milliseconds} ms में जवाब देता है।</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>प्लेटफ़ॉर्म बैकअप से वापस आया है और उसके पास आपके सबसे नए वाउचर अभी नहीं हैं।</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>प्लेटफ़ॉर्म तक पहुँचा नहीं जा सकता।</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>प्लेटफ़ॉर्म अपनी मीडिया फ़ाइलों तक नहीं पहुँच पा रहा।</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>प्लेटफ़ॉर्म अपने डेटा भंडार तक नहीं पहुँच पा रहा।</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>प्लेटफ़ॉर्म चेन तक नहीं पहुँच सकता।</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>प्लेटफ़ॉर्म आपका चैनल बंद कर रहा है</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>जो भेजा गया, प्लेटफ़ॉर्म उसे पढ़ नहीं सका।</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>प्लेटफ़ॉर्म ऐसे फ़ैसले गिनता है जिन्हें इस कंप्यूटर ने नहीं माना, क्योंकि उनका सबूत सही नहीं ठहरता। हर बार शुरू होने पर उन्हें फिर देखा जाता है; ऐसा ही रहे तो आँकड़े प्लेटफ़ॉर्म को दिखाएँ। न माने गए फ़ैसले: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>प्लेटफ़ॉर्म आपका रिकॉर्ड इस कंप्यूटर से अलग गिनता है, इसलिए उसका मेहनताना और ऑडिट की संभावना आपके हिसाब की नहीं होगी। लगातार पास ऑडिट, इस किस्म के सही टास्क और इस किस्म के जाँचे टास्क, उसकी और इस कंप्यूटर की गिनती से: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>प्लेटफ़ॉर्म {theirs} पास ऑडिट गिनता है, यह कंप्यूटर {ours}।</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>प्लेटफ़ॉर्म {theirs} जाँचे टास्क गिनता है, यह कंप्यूटर {ours}।</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>प्लेटफ़ॉर्म {theirs} सही जवाब गिनता है, यह कंप्यूटर {ours}।</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>प्लेटफ़ॉर्म ने लॉग इन नहीं माना।</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>प्लेटफ़ॉर्म ने इसे नहीं लिया</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>प्लेटफ़ॉर्म ने इसे नहीं लिया।</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>प्लेटफ़ॉर्म ने इसे नहीं लिया। इसके लिए जो छोड़ा था वह फिर आपका है।</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>प्लेटफ़ॉर्म ने आपकी अपील नहीं ली: वह देर से आई।</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>प्लेटफ़ॉर्म ने आपकी अपील नहीं ली; नामंज़ूरी कायम रहती है।</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>प्लेटफ़ॉर्म आपके खाते को इसकी इजाज़त नहीं देता।</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>प्लेटफ़ॉर्म के पास यह अब नहीं है।</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>प्लेटफ़ॉर्म के पास यह अभियान नहीं है।</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>प्लेटफ़ॉर्म आपका काम नहीं लेता। समय खत्म होने से पहले चेन को दिखा दें तो वह जमा माना जाता है; फ़ैसला न आए तो कॉन्ट्रैक्ट आपको प्लेटफ़ॉर्म की गिरवी रकम से पैसे दे सकता है।</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>प्लेटफ़ॉर्म अभी और टास्क नहीं देता।</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>प्लेटफ़ॉर्म आपको ग्रेड {theirs} देता है, यह कंप्यूटर {ours} निकालता है।</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>प्लेटफ़ॉर्म आपको और टास्क नहीं देता। आप जो लिखते हैं उसे प्लेटफ़ॉर्म पर एक इंसान पढ़ता है।</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>प्लेटफ़ॉर्म के सबसे नए रिकॉर्ड खो गए थे। आपके वाउचर और काम उसे वापस दे दिए गए।</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>प्लेटफ़ॉर्म ने बताया है कि वह अपनी गिरवी रकम वापस ले रहा है।</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>यह प्लेटफ़ॉर्म के पास है और वह दूसरे जाँचकर्ताओं से पूछता है।</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>प्लेटफ़ॉर्म के सबसे नए रिकॉर्ड खो गए और उसने आपके वाउचर वापस नहीं लिए।</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>प्लेटफ़ॉर्म के पास इतनी गिरवी रकम नहीं जिससे यह चुकाया जा सके।</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>प्लेटफ़ॉर्म ने अपना काम नहीं किया। आप इसे कॉन्ट्रैक्ट के पास ले जा सकते हैं।</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>आपने ज़मानत से जो किस्त बाहर लेने को साइन की, प्लेटफ़ॉर्म ने उसका भुगतान नहीं किया।</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>प्लेटफ़ॉर्म के पास आपके लिए कुछ नया नहीं है।</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>प्लेटफ़ॉर्म के पास इसका केवल एक हिस्सा है।</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>प्लेटफ़ॉर्म ने चेन को दिखाया है कि इस काम का उस पर कुछ बकाया नहीं।</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>प्लेटफ़ॉर्म ने इसके लिए साइन किया</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>प्लेटफ़ॉर्म ने साइन किया कि उसे आपका काम मिला, पर उस पर कोई फ़ैसला नहीं दिया। कॉन्ट्रैक्ट आपको प्लेटफ़ॉर्म की गिरवी रकम से पैसे दे सकता है।</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>आपकी अपील प्लेटफ़ॉर्म के पास है; दूसरे जाँचकर्ता दोबारा फ़ैसला करेंगे।</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>प्लेटफ़ॉर्म आपका चैनल बंद कर रहा है और उसका रिलेयर आपकी निकासी नहीं लेता।</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>प्लेटफ़ॉर्म आपका पेमेंट चैनल बंद कर रहा है।</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>प्लेटफ़ॉर्म अपनी गिरवी रकम वापस ले रहा है, इसलिए उसके काम पर दाँव नहीं लगाया जाता।</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>प्लेटफ़ॉर्म अभियान के पैसों से कुल इतना ले सकता है: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>प्लेटफ़ॉर्म में उसकी अपनी कोई गड़बड़ हुई।</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>प्लेटफ़ॉर्म जाँच के लिए अभियान के वादे से अलग मेहनताना या दाँव बताता है।</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>प्लेटफ़ॉर्म टास्क के लिए अभियान के वादे से अलग मेहनताना, दाँव या ऑडिट की संभावना बताता है।</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>प्लेटफ़ॉर्म इसे {time} तक खोलता है।</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>प्लेटफ़ॉर्म पर आपका उतना ही बकाया है, निकासी के लिए तैयार। वह जवाब न दे, तो आप यही किस्त खो सकते हैं।</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>प्लेटफ़ॉर्म ने इससे मना किया।</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>प्लेटफ़ॉर्म कहता है कि आपने उससे ज़्यादा दाँव लगाया जितना इस कंप्यूटर को मालूम है।</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>प्लेटफ़ॉर्म {theirs} कहता है; साइन किए नतीजों से {ours} निकलता है।</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>प्लेटफ़ॉर्म ऐसा वाउचर दिखाता है जो उसके छापे हुए से कम है।</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>प्लेटफ़ॉर्म ने साइन किया कि आपका जवाब उसके पास है।</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>प्लेटफ़ॉर्म ने एक ही नंबर के दो अलग वाउचर साइन किए।</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>प्लेटफ़ॉर्म ने आपकी कमाई पर साइन किया</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>प्लेटफ़ॉर्म के पास इस दावे का जवाब देने का अभी समय है।</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>प्लेटफ़ॉर्म के पास जवाब देने का अभी समय है।</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>प्लेटफ़ॉर्म के पास {time} तक का समय है। उसके बाद इसे ले जाया जा सकता है।</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>प्लेटफ़ॉर्म अपलोड दूसरे तरीके से लेता है।</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>प्लेटफ़ॉर्म उन टास्क के मुक्त होने के इंतज़ार में है जिनके पैसे उसने आपको दिए।</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>प्लेटफ़ॉर्म चाहता है कि आप फिर लॉग इन करें।</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>प्लेटफ़ॉर्म की रोज़ की वाउचर फ़ाइल उससे कम दिखाती है जो उसने पहले आपके लिए साइन किया था।</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>कैरी फ़ाइल के लिए प्लेटफ़ॉर्म की कुंजी यहाँ नहीं है।</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>कैरी फ़ाइल के लिए प्लेटफ़ॉर्म की कुंजी बहुत पुरानी है।</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>प्लेटफ़ॉर्म की कुंजी अभी यहाँ नहीं है। इस कंप्यूटर को एक बार, एक मिनट के लिए, नेटवर्क से जोड़ें।</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>प्लेटफ़ॉर्म की कुंजी चेन पर दर्ज नहीं है, इसलिए उसके काम पर दाँव नहीं लगाया जाता।</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>प्लेटफ़ॉर्म पर आपका जो बकाया है, उस सब पर उसका साइन। इससे चेन आपको भुगतान करती है, चाहे कुछ भी हो।</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>प्लेटफ़ॉर्म का साइन आते ही इस कंप्यूटर पर जाँचा गया।</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>तस्वीरें खोलने वाला प्रोसेस शुरू नहीं होता।</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>प्रोफ़ाइल Gems की दूसरी विंडो में खुली है।</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>प्रोफ़ाइल {profile} अभी इस कंप्यूटर पर नहीं है।</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>प्रोफ़ाइल {profile} मौजूद है।</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>प्रोफ़ाइल के फ़ोल्डर में लिखा नहीं जा सकता।</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>रसीद पर प्लेटफ़ॉर्म के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>रिकॉर्डिंग या वीडियो ऐसे ढंग का है जिसकी यहाँ इजाज़त नहीं।</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>रिकॉर्डिंग, वीडियो या दस्तावेज़ इतना लंबा है कि सुरक्षित नहीं खुल सकता।</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>मना होने से कुछ नहीं बदला, और कोई GEM नहीं हिला।</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>मना होने से कुछ नहीं बदला। जो अमानत में है वहीं रहता है।</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>मना होने से कुछ नहीं बदला। आपका सबूत रखा है और फिर ले जाया जा सकता है।</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>मना होने से कुछ नहीं बदला। आपके वाउचर इस कंप्यूटर पर रखे हैं।</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>नामंज़ूरी अब पक्की है। आपका {amount} GEM का दाँव गया।</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>रिलेयर की फ़ीस निकासी से मिलने वाली रकम से ज़्यादा है।</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>मुक्त करने पर कामगार के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>रिपोर्ट सहेजी नहीं जा सकी: डिस्क भरी है या उस पर लिखा नहीं जा सकता।</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>काम देने वाला</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>काम देने वाले ने आपत्ति की।</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>काम देने वाले के जाने का समय आ गया: अब नया फ़ैसला नहीं।</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>इनाम शर्तों में लिखे से ज़्यादा है।</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>इनाम दूसरी कोशिश के लिए तय सीमा से ज़्यादा नहीं है।</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>टास्क का इनाम; ज़मानत और दाँव वापस आते हैं, और नामंज़ूरी नहीं गिनी जाती।</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>टास्क का इनाम; दाँव वापस आता है, और नामंज़ूरी नहीं गिनी जाती।</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>नियम: दूसरे लोग वही टास्क करते हैं, जब तक काफ़ी पक्का न हो कि कौन-सा जवाब सही है।</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>नियम: दो अनजान लोग इसे देखते हैं। केवल जब दोनों काम को खराब पाएँ, तब पैसे का कुछ हिस्सा वापस जाता है।</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>नियम: {n} में से {k} जाँचकर्ताओं का सहमत होना ज़रूरी है।</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>स्कोर {first} से {last} हुआ।</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>यह कुंजी स्क्रीन खुद इस्तेमाल करती है। कोई अक्षर, अंक या चिह्न दबाएँ।</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>दुकान नौ बजे खुलती है।</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>साइन उस खाते के नहीं हैं जिसके GEM हैं।</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>साइन किया भुगतान देर से आया।</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>साइन किया भुगतान अभी लागू नहीं है।</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>साइन किए वोट अभी दोबारा नहीं पढ़े जा सके। आते ही उनकी जाँच हो गई थी।</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>दर का स्रोत खाली जगह से शुरू या खत्म होता है।</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>दर का स्रोत सादे पाठ की एक लाइन नहीं है, जिसमें ज़्यादा से ज़्यादा 80 अक्षर हों।</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>टास्क का दाँव, जिसे दूसरी कोशिश बचा सकती थी; नामंज़ूरी कायम रहती है।</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>आपका लगाया दाँव</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>दाँव मंज़ूर नहीं हुआ।</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>दाँव पर चैनल के कामगार के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>सिस्टम की कीरिंग वॉलेट की कुंजी रख सकती है।</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>टास्क बिना फ़ैसले के खत्म हुआ, इसलिए आपका लगाया हुआ वापस आया।</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>टास्क साइन किए हुए बिल में नहीं है।</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>शर्तें आधे पैनल से कम वोट माँगती हैं।</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>शर्तें पैनल से ज़्यादा वोट माँगती हैं।</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>शर्तें दूसरी कोशिश के लिए 30 दिन से ज़्यादा देती हैं।</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>शर्तों में प्लेटफ़ॉर्म नहीं है, या ऐसा है जो हो नहीं सकता।</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>शर्तों में काम देने वाला नहीं है, या ऐसा है जो हो नहीं सकता।</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>शर्तों में टास्क का कोई मेहनताना नहीं है।</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>शर्तों में इनाम का हिस्सा सीमा से बाहर है।</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>अपील का समय अभी खत्म नहीं हुआ।</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>अपील का समय सीमा से बाहर है।</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>अपील का समय खत्म हो गया है।</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>इसका समय खत्म हो गया</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>इसका समय खत्म हो गया है।</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>इसके पहले टास्क का समय खत्म हो चुका है।</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>अपील करने का समय खत्म हो गया है।</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>टोकन बिना किसी पाने वाले के नहीं बन सकता।</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>टोकन ने GEM नहीं भेजे।</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>भेजना मंज़ूर नहीं हुआ।</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>दोनों संदेश एक-दूसरे को नहीं काटते।</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>मामले के दोनों हिस्से अलग-अलग टास्क के हैं।</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>दोनों पासवर्ड अलग हैं।</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>अपडेट इंस्टॉल नहीं हुआ।</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>फ़ैसले और उसके वोटों पर साइन हैं। इस कंप्यूटर ने हर साइन जाँचा और यह रकम खुद गिनी।</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>जाँचकर्ताओं का जवाब ही टास्क का जवाब है; दूसरी कोशिश नहीं होती।</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>जो वर्शन इंस्टॉल है वह चलता रहता है। आपके वॉलेट और काम को छुआ नहीं गया।</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>वोट अपनी सीटों के क्रम में नहीं हैं।</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>वाउचर से ऐसा कुछ नहीं मिलता जो पहले न निकाला गया हो।</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>वाउचर इस कंप्यूटर पर रखा है।</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>वाउचर पर इस चैनल की कुंजी के साइन नहीं हैं।</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>इंतज़ार खत्म हुआ। कोई भी कहे, कॉन्ट्रैक्ट पैसे दे देता है।</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>वॉलेट लॉक है।</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>गिरवी रकम बाहर लेना शुरू नहीं हुआ था।</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>इस अमानत को बाहर लेना शुरू नहीं हुआ था।</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>टास्क का कामगार उसी के पैनल में है।</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>आपने इस पर जो {amount} GEM दाँव लगाए, वे जा सकते हैं।</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>फिर “काम ढूँढें” खोलें और अपने पहले टास्क लें।</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>फिर दूसरों के फ़ैसले आते हैं; काफ़ी लोग सहमत होते ही आपकी कमाई जुड़ जाती है।</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>फ़ैसले के लिए जितने वोट चाहिए, उससे कम हैं।</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>और खबरें हैं; उन्हें पाने के लिए एक और फ़ाइल बनाएँ</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>फ़ाइल में चलती तस्वीरें नहीं हैं।</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>बिना जवाब वाले टास्क के लिए वोट हैं।</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>इस नाम की प्रोफ़ाइल मौजूद है।</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>दिखाने के लिए स्क्रीन है।</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>वॉलेट है, पर उसके गुप्त शब्द कभी वापस नहीं लिखे गए।</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>वॉलेट है; उसके शब्द कागज़ पर लिखे गए और वापस लिखे गए।</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>आपके चैनल में रिलेयर की फ़ीस से कम है।</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>फ़ाइल में न आवाज़ है, न तस्वीर।</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>डेटाबेस का अभी कोई बैकअप नहीं है।</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>दिए गए पते पर अभियानों का कोई कॉन्ट्रैक्ट नहीं है।</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>यहाँ अपडेट से पहले की कोई कॉपी नहीं है।</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>अभी कोई डेटाबेस नहीं है।</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>इस टास्क का पक्का फ़ैसला यहाँ नहीं है।</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>अपील के लिए आगे कोई दौर नहीं है।</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>ऐसी कोई कीरिंग नहीं जो सुरक्षित हो।</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>वहाँ ज़्यादा नया वाउचर नहीं है; आपका ही सबसे नया है।</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>रकम हिलाने के लिए कोई खुला पेमेंट चैनल नहीं है।</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>अभी पेमेंट चैनल नहीं है।</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>इस काम देने वाले की कोई रिपोर्ट नहीं है।</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>फ़ाइल के लिए जगह नहीं है।</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>दिखाने के लिए स्क्रीन नहीं है।</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>फ़ाइल में आवाज़ नहीं है।</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>वाउचर की फ़ाइल के लिए ऐसा कोई फ़ोल्डर नहीं है।</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>वीडियो में ऐसी कोई तस्वीर नहीं है।</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>इस कंप्यूटर पर ऐसी कोई प्रोफ़ाइल नहीं है।</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>दिए गए पते पर कोई टोकन नहीं है।</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>यहाँ ऐसा कोई फ़ैसला नहीं जो आपके इंतज़ार में हो।</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>यहाँ ऐसा कोई फ़ैसला नहीं जिस पर आप अपील कर सकें।</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>अपील के लिए कोई फ़ैसला नहीं है।</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>अभी कोई वाउचर नहीं है।</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>यहाँ अभी कोई वॉलेट नहीं है।</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>अभी कोई वॉलेट नहीं है।</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>अभी इस किस्म का काम नहीं है।</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>आपकी ज़मानत में इतना खाली नहीं है।</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>यहाँ ऐसा कुछ नहीं जिसके पैसे कॉन्ट्रैक्ट दे: भुगतान हो चुका है, या प्लेटफ़ॉर्म के पास अभी समय है।</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>अभी ऐसा कुछ नहीं जो कॉन्ट्रैक्ट इसके लिए दे।</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>अभी निकालने को इतना नहीं कि रिलेयर की फ़ीस देना ठीक हो।</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>डिस्क पर इस काम के लिए जगह कम है।</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>डिस्क पर जगह कम है।</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>डिस्क पर जगह कम है: {size} और चाहिए।</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>कनेक्शन नहीं था।</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>ये अभियान की सीमा से ज़्यादा टास्क हैं।</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>ये आपके नए वॉलेट के शब्द नहीं हैं।</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>ये नए साथी के आँकड़े हैं; आपके जाँचे हुए काम के साथ बदलते हैं।</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>इन जगहों पर सूची का शब्द नहीं है: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>उन पर साइन हैं और कनेक्शन मिलने पर वे चले जाते हैं।</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>अपना जवाब देने से पहले उन्होंने आपका जवाब नहीं देखा।</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>उन्होंने लिखा:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>यह पता आपकी पता-सूची में नहीं है।</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>यह रकम दो तरह से पढ़ी जा सकती है।</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>यह जवाब आउटबॉक्स से जा चुका है।</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>यह जवाब अभी पूरा नहीं है: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>यह जवाब पहले ही मंज़ूर हो चुका; काम देने वाला इसे फिर देखने के लिए आपको पैसे देता है।</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>इस अभियान में अभ्यास नहीं है।</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>यह अभियान केवल ग्रेड A के लिए है।</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>यह अभियान ग्रेड B और बेहतर के लिए है।</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>यह अभियान ग्रेड C और बेहतर के लिए है।</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>यह अभियान खत्म हो गया है।</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>यह कैरी फ़ाइल दूसरे प्लेटफ़ॉर्म के लिए, या बहुत पहले सील हुई थी।</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>यह कंप्यूटर आपका बकाया खुद जोड़ता है, और उससे कम का वाउचर नहीं लेता।</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>इस कंप्यूटर में सुरक्षित कीरिंग नहीं है, या वह बंद है।</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>इस कंप्यूटर ने इसे चेन पर देखा।</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>इस कंप्यूटर की घड़ी प्लेटफ़ॉर्म की घड़ी से मेल खाती है।</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>इस कंप्यूटर की घड़ी प्लेटफ़ॉर्म की घड़ी से {minutes} मिनट अलग है।</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>यह विरोध पहले साबित हो चुका है।</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>यह कॉपी बिना अपडेट के बनाई गई है।</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>इस फ़ाइल में कोई वाउचर नहीं है।</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>यह कैरी फ़ाइल है, उसका उत्तर नहीं।</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>यह उत्तर है, भेजने की फ़ाइल नहीं।</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>यह प्लेटफ़ॉर्म के संचालक के लिए है: पहले गिरवी रकम देखें।</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>सूचना ऐसी दिखती है</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>यह अभियान की सीमा से ज़्यादा GEM है।</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>दिन में बिना पूछे जितना जा सकता है, यह उससे ज़्यादा है: {limit} GEM, जिसमें से आज {spent} GEM लग चुके हैं।</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>यह पता नहीं है, या इसका कोई अक्षर गलत है।</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>यह कैरी फ़ाइल नहीं है, या कट गई है।</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>यह पता सही नहीं है: कोई अक्षर या अंक गलत, कम या ज़्यादा है।</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>यह ऐसी कीस्टोर फ़ाइल नहीं जिसे Gems खोल सके।</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>यह ऐसी किस्म की तस्वीर नहीं जिसकी इजाज़त है (PNG, JPEG या WebP)।</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>यह निजी कुंजी नहीं है: कुंजी में 0 से 9 और a से f तक के 64 अंक-अक्षर होते हैं।</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>यह ऐसी किस्म की रिकॉर्डिंग, वीडियो या दस्तावेज़ नहीं जिसकी इजाज़त है (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF)।</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>यह GEM की रकम नहीं है।</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>यह दूसरी कोशिश से पहले वाली कोशिश नहीं है।</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>यह किसी करेंसी का कोड नहीं है।</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>यह एक GEM की कीमत नहीं है।</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>यह सबसे नया वर्शन है।</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>यह आपका अपना अभियान है।</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>यह कुंजी प्लेटफ़ॉर्म के नाम दर्ज नहीं है।</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>इतनी जाँचें जमा हुईं, {time} पर सील: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>इतने टास्क जमा हुए, {time} पर सील: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>इतने टास्क मुक्त हुए, {time} पर सील: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>इससे कोई पैसा नहीं हिलता।</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>यह नेटवर्क मेगाबाइट गिनता है, और आप उन्हें दूसरी चीज़ों के लिए रखते हैं।</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>इस नोड से अब नहीं पूछा जाता: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>इस विकल्प की कुंजी नहीं हो सकती।</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>इस प्रोफ़ाइल में पहले से एक वॉलेट है।</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>यह प्रोग्राम खुद को अपडेट नहीं कर सकता: इसके फ़ोल्डर में लिखा नहीं जा सकता।</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>यह उत्तर किसी और की फ़ाइल का है, या आपकी बहुत पुरानी फ़ाइल का।</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>यह उत्तर रास्ते में बदला या खराब हुआ, इसलिए नहीं माना गया।</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>यह जाँच टास्क करके की जाती है।</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>यह जाँच अब खुली नहीं है।</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>यह साइन किया भुगतान हो चुका है या वापस ले लिया गया है।</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>यह टास्क अब लौटाया नहीं जा सकता।</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>यह टास्क बिना देखे जाँच वाला नहीं है।</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>यह टास्क इस कंप्यूटर पर नहीं है।</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>यह टास्क अब खुला नहीं है।</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>यह टास्क बदलने के लिए खुला नहीं है।</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>यह टास्क पहले मंज़ूर हो चुका और इसका भुगतान हो चुका।</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>यह टास्क पहले चेन तक ले जाया जा चुका है।</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>इस टास्क का पहले से भुगतान नहीं हुआ था।</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>इस वॉलेट पर पासवर्ड नहीं है।</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>यह पहले ही अलग ढंग से हो चुका है।</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>वॉलेट की अपनी विंडो में इसे पक्का नहीं किया गया।</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>यह साइन नहीं हुआ: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>इस पहरेदार को अब और कॉपी नहीं मिलतीं: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>वॉलेट रखने का यह तरीका अनजान है।</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>यह काम नहीं लिया गया: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>जाँचने वाले अपना जवाब देने से पहले आपका जवाब नहीं देखते।</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>तीन उदाहरण</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>समय</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>टास्क का समय</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>बाकी समय</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>भुगतान में समय</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>उन टास्क का समय जिनसे कुछ नहीं मिला: लौटाए, नामंज़ूर या छोड़े गए।</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>डाउनलोड होगा</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>टास्क के लिए डाउनलोड</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>अपनी कमाई चैनल से अपने वॉलेट में लाना। उसके बाद ही आप उसे आगे भेज सकते हैं।</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>इस पते पर:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>तुरंत आपके वॉलेट में: {amount} GEM। रिलेयर की फ़ीस {fee} GEM है।</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>आज</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>आज के मेगाबाइट खत्म हो गए।</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>कुल मिलाकर</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>आपके जाँचे जवाबों में से बहुत कम सही हैं, आगे नहीं बढ़ सकते।</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>काम कितनी बार नामंज़ूर होता है, यह कहने लायक फ़ैसले अभी नहीं हुए।</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>इसे मापने लायक काम अभी नहीं हुआ।</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>थोड़े समय में बहुत ज़्यादा अनुरोध।</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>{n} बार कोशिश की; {time} पर फिर होगी।</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>{n} बार कोशिश की; अगले कनेक्शन पर फिर होगी।</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>भरोसा</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>भरोसा स्कोर</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>एक मिनट में फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>बाद में फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>फिर कोशिश करें। ऐसा ही रहे तो अभ्यास नेटवर्क नए सिरे से शुरू करने के लिए --fresh के साथ चलाएँ।</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>फिर कोशिश करें; ऐसा ही रहे तो टास्क बिना नुकसान के लौटा दें।</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>काम फिर से लेने की कोशिश करें।</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>बारह शब्द</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>बारह शब्द जो आपका वॉलेट कहीं भी खोल देते हैं। जिसके पास ये हैं, आपके पैसे उसके हैं: किसी को न बताएँ।</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>दो और जाँचकर्ताओं ने इसे खराब पाया: इनाम का एक हिस्सा काम देने वाले को वापस गया।</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>फिर से लिखें; Caps Lock और कीबोर्ड देखें। आपके गुप्त शब्द भी इसे वापस लाते हैं।</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>वही दो बार लिखें।</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>GRAM में कामगार का दाँव जुर्माने के बराबर होना चाहिए।</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>“पढ़ना” में भाषा, अक्षर और रंग बदलते हैं।</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>“काम और डेटा” में बताएँ कि प्रोग्राम दिन में कितने मेगाबाइट इस्तेमाल करे।</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>हर टास्क के नीचे दिखता है कि आगे क्या होगा और कब तक।</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>वॉलेट फिर से खोलें; काम न बने तो Gems फिर से शुरू करें।</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>वॉलेट खोलें और फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>बिना पैसे का समय</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>जब तक वह दर्ज न हो, Gems उसके काम पर दाँव नहीं लगाता: कोई कॉन्ट्रैक्ट आपका मामला नहीं सुनेगा।</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>आपका जवाब तब तक भेजा जाना चाहिए। उसके बाद टास्क किसी और को मिलता है।</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>जब तक यह खत्म न हो, Gems उसके काम पर दाँव नहीं लगाता।</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>इस समय तक आप या दूसरा पक्ष आपत्ति कर सकता है। उसके बाद फ़ैसला पक्का रहता है।</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>Gems अपडेट करें, फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>Gems अपडेट करें। दोबारा हो तो सेटिंग में रिपोर्ट सहेजें और हमें बताएँ।</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>सेटिंग में दूसरा चेन नोड इस्तेमाल करें।</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>सेटिंग में दूसरा चेन नोड इस्तेमाल करें, या तुलना के लिए एक और जोड़ें।</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>दूसरे वॉलेट के लिए दूसरी प्रोफ़ाइल इस्तेमाल करें।</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>दूसरे चेन नोड इस्तेमाल करें: उनके पते सेटिंग में दें।</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>जिस कुंजी से अभियान बना, वही इस्तेमाल करें।</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>तैयार ऐप इस्तेमाल करें, या Python 3.11 से 3.13।</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>जो विंडो पहले से खुली है उसे इस्तेमाल करें, या पहले उसे बंद करें।</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>उनकी कुंजी इस्तेमाल करें।</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>{when} इस्तेमाल हुआ</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>आम तौर पर भुगतान</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>फ़ैसला</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>जाँचकर्ता</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>जाँचकर्ता {time} तक फ़ैसला करते हैं।</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>अब जाँचकर्ता फ़ैसला करेंगे। आपको कुछ नहीं करना है।</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>जाँचकर्ताओं ने फ़ैसला कर दिया, और प्लेटफ़ॉर्म ने आपको पैसे नहीं दिए। कॉन्ट्रैक्ट आपको अभियान की अमानत से पैसे दे सकता है।</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>वर्शन {new} दो बार शुरू नहीं हुआ, इसलिए {old} फिर चल रहा है।</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>वर्शन {version} डाउनलोड किया जा सकता है।</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>वर्शन {version} डाउनलोड हो रहा है।</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>वर्शन {version} तैयार है।</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>पुराने साथी</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>वीडियो</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>हिंसा</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>वाउचर</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>{time} का वाउचर {n} इसे चुकाता है। इसमें कुल {paid} GEM निकासी के लिए और {bonded} GEM ज़मानत के लिए हैं।</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>थोड़ा रुकें; Gems फिर कोशिश करता है।</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>तब तक रुकें जब यह और बदल न सके।</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>इसके पहुँचने तक रुकें।</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>इसके खत्म होने तक रुकें।</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>इसके पूरा होने तक रुकें।</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>इसके खत्म होने तक रुकें, फिर कोशिश करें।</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>चेन पर दिखने तक रुकें।</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>फ़ैसला पक्का होने तक रुकें, फिर बाहर निकलना पूरा करें।</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>रुकें, फिर पासवर्ड दोबारा लिखें। आपके गुप्त शब्द भी इसे वापस लाते हैं।</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>अगले कनेक्शन का इंतज़ार</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>वॉलेट</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>पहरेदार</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>{day} से हफ़्ता: {had} ऑडिट हुए, {expected} अनुमानित</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>वापस गया: दो लोगों ने काम को खराब पाया</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>कितना प्यारा दिन बीता!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>नामंज़ूर जवाब पर इनाम के अलावा आपका कितना जाता है। यह आपके दाँव से ज़्यादा कभी नहीं होता।</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>वह रकम जो काम देने वाले ने काम के लिए जमा रखी है। टास्क खुले हों, तो वह इसे नहीं निकाल सकता।</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>जो जवाब देता है वह इस नेटवर्क का प्लेटफ़ॉर्म नहीं है।</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>जो नहीं समाता वह अगली फ़ाइल में जाता है: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>लिखने वाला क्या महसूस कर रहा है?</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>जो ज़मानत से निकल गया, वह अब दाँव नहीं है।</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>जमा किया हुआ बाद में बदला नहीं जा सकता। इससे कोई पैसा नहीं हिलता।</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>जो साबित नहीं है वह नहीं लिया गया। जो साइन है वह वापस आया, और आपके पैसे वही हैं जो साइन कहते हैं।</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>किया हुआ भुगतान वापस नहीं लिया जा सकता।</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>भेजा हुआ कोई वापस नहीं ले सकता। पूरा पता दिए गए पते से मिलाएँ।</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>दिन में कितनी रकम बिना पूछे आपके वॉलेट से जा सकती है। उससे ज़्यादा पर वॉलेट पहले पूछता है।</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>लोगों ने यहाँ एक घंटे में कितना कमाया, भुगतान हुए काम से नापा हुआ।</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>नए वर्शन ने जो लिखा उसे प्रोफ़ाइल के फ़ोल्डर में अलग रखा जाता है, कभी मिटाया नहीं जाता।</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>वह रकम जो प्लेटफ़ॉर्म ने आपको देने के लिए जमा रखी है। आपका बकाया इससे ज़्यादा नहीं हो सकता।</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>प्रोग्राम एक टास्क के लिए कितना मँगाता है। तस्वीरें और आवाज़ बड़ी होती हैं, पाठ छोटा।</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>प्रोग्राम ने आज कितना भेजा और मँगाया। ज़्यादा से ज़्यादा कितना, यह आप सेटिंग में तय करते हैं।</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>रिलेयर आपकी निकासी पहुँचाने का कितना रखता है। साइन से पहले दिखता है; उससे ज़्यादा कभी नहीं।</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>जिससे यह लेन-देन पढ़ा गया था, वह अब इस कंप्यूटर पर नहीं है।</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>जो बाकी है वह ऑनलाइन होते ही अपने-आप भेजा जाता है, या “अभी भेजें” से तुरंत।</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>जो मिला वह इतना पुराना है कि उस पर भरोसा नहीं किया जा सकता।</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>जो मिला उस पर Gems बनाने वालों का साइन नहीं है।</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>जो भेजा गया वह प्लेटफ़ॉर्म की सीमा से बड़ा है।</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>आपने जो कमाया वह आपके चैनल में रहता है।</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>एक टास्क मंज़ूर होने पर आपको कितना मिलता है।</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>आपने जो कमाया वह यहाँ रखा है और निकाला जा सकता है। बिना दाँव वाला काम चलता रहता है।</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>आपने जो कमाया वह यहाँ रखा है। बिना दाँव वाला काम चलता रहता है।</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>आपके सबसे नए वाउचर की रकम बंद होने तक निकाली जा सकती है।</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>आपके सबसे नए वाउचर की रकम, फ़ीस घटाकर, तुरंत आपके वॉलेट में आती है।</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>आपके सबसे नए वाउचर की रकम आपके लिए जमा की जाती है। बंद होना पूरा होने पर ज़मानत आती है।</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>जब आपका जवाब नामंज़ूर हो</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>GEM भेजते समय पूरा पता मिलाएँ। इसे वापस नहीं लिया जा सकता।</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>जहाँ आपकी कमाई आपके लिए सुरक्षित रहती है। केवल आप इसे निकाल सकते हैं, और कोई वापस नहीं ले सकता।</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>जो काम करवाता है और उसके पैसे देता है।</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>जिसने इसे इंस्टॉल किया वह वहाँ नया वर्शन रख सकता है। आपका वॉलेट और आपका काम दूसरी जगह रखा है।</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>जिसके पास फ़ाइल और वह पासवर्ड है, उसके पास इस वॉलेट का सब कुछ है, हमेशा के लिए। Gems आपसे ऐसी फ़ाइल कभी नहीं माँगता।</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>जो इस कंप्यूटर पर कब्ज़ा कर ले, वह आपकी हाँ के बिना इतना भेज सकता है।</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>जिसने लिखा, उसे फिर लिखना होगा।</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>काम देने वाले के सीड के साथ</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>अलग-अलग संचालकों के दो नोड हों, तो झूठ बोलने वाला पकड़ में आता है।</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>अगले दस में {right} सही हों: कम से कम {low} %, ग्रेड {grade}।</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>एक दिन में</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>एक हफ़्ते में</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>एक घंटे में</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>तीन दिन में</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>बिना नेटवर्क, पेन ड्राइव से</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>प्लेटफ़ॉर्म की रसीद के बिना केवल वही माँगा जा सकता है जो समय पर चेन पर दर्ज हुआ।</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>जीते: आपका जवाब मंज़ूर है।</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>शब्द</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>काम</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>हमेशा की तरह काम करें। नीचे की लाइन बताती है कि आप ऑफ़लाइन हैं; कुछ नहीं खोता।</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>आपके कुछ काम का भुगतान अभी बाकी है। इस चैनल में वह अब नहीं हो सकता।</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>ऑफ़लाइन काम करें</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>जब तक आप फिर से ज़मानत में पैसे नहीं रखते, दाँव वाला काम आपके लिए बंद है।</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>पहले बिना दाँव का काम करें: पहली कमाई ज़मानत की जेब भरती है।</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>ऑफ़लाइन काम जारी, जैसा आपने चुना</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>एक टास्क पर सबसे बुरा</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>चोट और हादसे</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>कम से कम एक अक्षर लिखें।</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>अंक लिखें, दशमलव के बाद ज़्यादा से ज़्यादा 18, जैसे 0.25।</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>संख्या लिखें, दशमलव के बाद ज़्यादा से ज़्यादा 8 अंक, जैसे 12.50।</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>उसके तीन बड़े अक्षर लिखें, जैसे KES।</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>बारह शब्द क्रम से कागज़ पर लिखें। आपके पैसों तक लौटने का यही एक रास्ता है।</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>उन्हें लिख लें और पक्का करें: उनके बिना, डिस्क खराब हुई तो पैसे भी गए।</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>लिखें कि आपके जवाब में क्या सही है।</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>हर क्षेत्र के लिए अपना जवाब लिखें।</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>अपना जवाब लिखें।</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>लिखी और साइन की गई। कनेक्शन मिलते ही चली जाती है।</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>लिख लिया, अभी भेजा नहीं</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>लिखी गई: {name}। पेन ड्राइव किसी कनेक्शन वाले को दें।</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>गलत</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>हाँ, वादा करें</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>हाँ, जोड़ें</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>हाँ, अपील करें</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>हाँ, बदलें</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>हाँ, बंद करें</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>हाँ, एक्सपोर्ट करें</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>हाँ, जमा करें</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>हाँ, बाहर लें</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>हाँ, भुगतान करें</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>हाँ, निकालें</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>हाँ, लगाएँ</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>हाँ, मुक्त करें</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>हाँ, भेजें</translation>
        </message>
        <message>
            <source>You</source>
            <translation>आप</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>आपने जवाब मंज़ूर किया।</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>आपने यह पता हाल ही में जोड़ा। इस समय से इसके लिए नहीं पूछा जाएगा: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>आपने जवाब दिया।</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>आपने अपील की और हारे: दूसरे जाँचकर्ताओं ने भी नामंज़ूर किया।</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>आपने अपील की और जीते।</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>आपने अपील की।</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>आपने अपील की। दूसरे जाँचकर्ता दोबारा फ़ैसला करते हैं।</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>आप इसे कमाई पेज पर निकाल सकते हैं।</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>आप 10 GEM निकालते हैं, फ़ीस 0.02 है: 9.98 पहुँचते हैं।</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>आपने इसे सुधारा: आपकी दूसरी कोशिश इसकी जगह लेती है।</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>आपने अपना जवाब सुधारा।</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>आपने एक टास्क लौटाया। इसमें कुछ नहीं लगता और आपका दाँव वापस आता है।</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>आप अपील छोड़ते हैं, और साथ में इस टास्क का इनाम।</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>आप दूसरी कोशिश और अपील छोड़ते हैं, और साथ में इस टास्क का इनाम।</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>आप दूसरी कोशिश छोड़ते हैं, और साथ में इस टास्क का इनाम।</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>टास्क सुधारने के लिए आपको वापस मिला, {time} तक।</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>आपने यह जवाब मंज़ूर किया था।</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>आपने यह जवाब नामंज़ूर किया था: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>आपने यह जवाब छोड़ दिया था।</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>आप पहले ही अपील कर चुके हैं।</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>आपके पास उतने अधूरे बैच हैं जितने एक खाते में हो सकते हैं।</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>आप दूसरी कोशिश पूरी कर चुके हैं।</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>आप दूसरी कोशिश पूरी कर चुके हैं; अपील करना चाहें तो पहले उसे वापस लें।</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>आप दूसरी कोशिश जमा कर चुके हैं, इसलिए पहला फ़ैसला कायम है।</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>आप इसका अभ्यास पास कर चुके हैं।</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>यह उत्तर आप पहले पढ़ चुके हैं। इसमें कुछ नया नहीं है।</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>आप इसकी शिकायत पहले ही कर चुके हैं।</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>आपका ग्रेड सबसे ऊँचा है।</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>आप इसमें 2 GEM रखते हैं; एक टास्क 0.10 का दाँव माँगता है, तो 1.90 खाली रहते हैं।</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>आपने नामंज़ूरी रहने दी।</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>आप हाल में बिना ज़मानत की बहुत सारी अपीलें हारे हैं।</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>नामंज़ूरी पर आप अपील कर सकते हैं: तब दूसरे लोग फ़ैसला करते हैं।</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>आप {time} तक अपील कर सकते हैं।</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>नामंज़ूर जवाब को आप एक बार सुधारकर फिर भेज सकते हैं।</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>आप इसे सुधार सकते हैं।</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>आप इस किस्म के काम की जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>आपको गैस कॉइन नहीं चाहिए: रिलेयर देता है।</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>इसके पाठ, मेहनताने और नियमों का आप इस पर काम करने वाले हर किसी से वादा करते हैं।</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>आपने जवाब नामंज़ूर किया।</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>आपने जवाब नामंज़ूर किया: {reason}।</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>आपने शिकायत की</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>आपने इसे कॉन्ट्रैक्ट के लिए मामले के रूप में सहेजा।</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>आप कहते हैं कि नामंज़ूरी गलत है, और दूसरे लोग दोबारा फ़ैसला करते हैं। उन्हीं का फ़ैसला माना जाता है।</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>आपने इस कंप्यूटर पर इसे साइन किया।</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>आपने लिखा:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>आपका भरोसा पेज दिखाता है कि आप इससे कितनी दूर हैं।</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>आपका खाता अपनी सीमा जितना रख चुका है।</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>आपका जवाब मंज़ूर हुआ।</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>आपका जवाब जाँच के लिए लॉटरी में निकला।</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>आपका जवाब नामंज़ूर हुआ।</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>आपका जवाब:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>आपके जवाब और आपके पैसे सुरक्षित हैं, उन्हें कुछ नहीं हुआ।</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>“{title}” के लिए आपके जवाबों पर फ़ैसला हो गया। काम देने वाला कैसा था?</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>आपकी अपील लिखी और साइन की गई; कनेक्शन मिलते ही चली जाती है।</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>आपकी अपील अगले कनेक्शन के साथ जाएगी। आपको कुछ नहीं करना है।</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>आपकी अपील प्लेटफ़ॉर्म के संचालक के इंतज़ार में है। अब जो लिखेंगे वह उसकी जगह लेगा।</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>बंद होना पूरा होने पर आपकी ज़मानत आती है। इसमें उतना समय लगता है जो चैनल खोलते समय तय हुआ था।</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>आपकी ज़मानत की जेब में इस अपील की ज़मानत जितना नहीं है।</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>आपकी ज़मानत की जेब में दाँव के लिए कम है।</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>आपकी ज़मानत, चैनल खत्म होने पर</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>आपका चैनल बंद हो रहा है</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>आपका चैनल पहले की तरह खुला है, और कोई फ़ीस नहीं ली गई।</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>उनका भुगतान आपके चैनल ने कर दिया, इसलिए वह रकम फिर किसी से नहीं माँगी जाती। इससे कोई पैसा नहीं हिलता।</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>आपका चैनल खुला रहता है और उसमें जो है वह आपका ही रहता है।</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>आपकी निकासी आपके वॉलेट में आ गई</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>आपका डेटा रखा गया है।</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>आपका पहला मेहनताना</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>आपका ग्रेड बताता है कि आपका जाँचा गया काम कितना सही था।</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>आपकी कुंजियाँ, काम और वाउचर इस कंप्यूटर पर हैं और उन पर कोई असर नहीं।</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>आपकी कुंजियाँ, काम और वाउचर इस कंप्यूटर पर हैं और उन पर कोई असर नहीं। इस जवाब से हिसाब में कुछ नहीं लिखा गया।</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>आपकी कुंजियाँ, काम और वाउचर इस कंप्यूटर पर हैं और उन पर कोई असर नहीं। कुछ खर्च नहीं हुआ।</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>आपका सबसे नया वाउचर {amount} GEM के लिए जमा किया जा रहा है।</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>आपका सबसे नया वाउचर यहाँ और आपके पहरेदारों के पास रखा है; किसी के भी हाथ में उसकी कीमत वही है।</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>आपका सबसे नया वाउचर केवल इस कंप्यूटर पर रखा है।</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>आपका सबसे नया वाउचर {path} में लिखा गया</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>आपका अपना निर्देश आपकी कमाई से ज़मानत भरता है। कहाँ तक, यह आप सेटिंग में तय करते हैं।</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>आपकी कमाई ऐसे चलती है: जाँच में, बकाया, निकासी के लिए तैयार, आपके वॉलेट में।</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>आपका पेमेंट चैनल बंद किया जा रहा है।</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>आपका पेमेंट चैनल बंद है</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>आपका पेमेंट चैनल पहले से बंद हो रहा है।</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>आपकी इजाज़त अब चैनल से मेल नहीं खाती: पहले कुछ और निकाला गया।</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>आपकी प्रोफ़ाइल को छुआ नहीं गया।</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>आपकी रेटिंग रख ली गई। धन्यवाद।</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>आपकी शिकायत अगले कनेक्शन पर संचालक के पास जाएगी।</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>एक जाँच में आपका हिस्सा</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>दूसरे जाँचकर्ता भी आप जैसा देखें, तो आपका दाँव वापस आता है।</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>उस काम पर आपके दाँव जिसका फ़ैसला बाकी है। काम मंज़ूर होने पर वे वापस आते हैं।</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>आपका सिस्टम Gems को अपडेट रखता है।</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>आपके भरोसा स्कोर पर अभी जाँच नहीं कर सकते।</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>आपके वाउचर और सारे सबूत यहाँ रखे हैं। न कुछ दो बार दिया जाता है, न आपका कुछ खोता है।</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>आपके वाउचर और सारे सबूत इस कंप्यूटर पर रखे हैं।</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>आपके वाउचर यहाँ रखे हैं। दोनों किसी को भी दिखाए जा सकते हैं।</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>आपके वाउचर यहाँ रखे हैं। उसके दो साइन यह साबित करते हैं।</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>आपके वाउचर यहाँ रखे हैं। चेन सबसे नए के पैसे देती है, चाहे प्लेटफ़ॉर्म को कुछ भी याद हो।</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>आपके वॉलेट में उतना और फ़ीस के पैसे नहीं हैं।</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>आपका वॉलेट जैसा था वैसा ही है।</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>आपका वॉलेट अब भी इस कंप्यूटर पर रखा है।</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>आपका वॉलेट रखा है और काम को कुछ नहीं हुआ।</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>आपके वॉलेट ने इसे साइन किया। इसकी छाप {code} है।</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>आपके वॉलेट ने इन शब्दों के साथ अपील साइन की।</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>आपका काम इस कंप्यूटर पर रखा है; कुछ नहीं बदला।</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>आपका काम रखा हुआ है।</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>आपका काम मंज़ूर हुआ। काम देने वाला कुछ समय तक आपत्ति कर सकता है; फिर भुगतान होता है।</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>आपका काम, दाँव और कमाई वापस आ गए। जो कभी भेजा नहीं गया, वह केवल खोए कंप्यूटर पर था।</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>आपके {checked} जाँचे टास्क {counted} गिने जाते हैं: आसान टास्क, और एक ही काम देने वाले के बहुत से, कम गिने जाते हैं।</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>आपको करने हैं</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>कुछ सेकंड बाकी</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>निशान</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>लगभग {n} घंटे बाकी</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>लगभग {n} मिनट बाकी</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>लगभग {n} सेकंड बाकी</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>लगभग {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>मंज़ूर होने के बाद</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>औसत नुकसान घटाकर</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>अपीलें: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>भेजते ही</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>जैसा काम देने वाला सोचता है</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>इनाम के अलावा</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>अक्षर {start} से {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>नए साथी के लिए गिना गया, {share} सही जवाबों पर</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>{share} सही जवाबों पर गिना गया, आपके अपने रिकॉर्ड से</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>हर जवाब जाँचा जाता है</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>फ़्रेम {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>वह दाँव माँगता है और अभी पेमेंट चैनल नहीं है।</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>उसका दाँव नहीं लगाया जा सकता: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>उसका समय लगभग खत्म है।</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>अभी-अभी</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>मापा गया</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>भुगतान हुए काम पर मापा गया</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>अभी वॉलेट नहीं</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>अभी किसी को भुगतान नहीं हुआ</translation>
        </message>
        <message>
            <source>none</source>
            <translation>कोई नहीं</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>अभी काफ़ी जाँचा हुआ काम नहीं</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>अभी मालूम नहीं</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>कुछ नहीं</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>दाँव पर कुछ नहीं</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>निशान वाले क्षेत्रों में से एक</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>केवल यहाँ</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>केवल जब काम देने वाला इसके पैसे दे</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>केवल दूसरे में</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>केवल इनाम नहीं मिलता</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>खुला अंत</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>मेल {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>पेज {n}: {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>भेजने के {time} के अंदर भुगतान हुआ</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>शायद {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>जाँच: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>{time} में भेजें</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>छोड़ी गई जाँच: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>टास्क: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>प्लेटफ़ॉर्म अपनी गिरवी रकम वापस ले रहा है, इसलिए दाँव नहीं लगाया जाता।</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>प्लेटफ़ॉर्म की कुंजी चेन पर दर्ज नहीं है, इसलिए दाँव नहीं लगाया जाता।</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>काम देने वाला {time} तक आपत्ति कर सकता है</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>समय खत्म</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>{reward} GEM तक</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>हर टास्क {size} तक</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>वॉलेट {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>जब कोई असहमत न हो</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>आपका कुछ नहीं जाता</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>आपके {amount} GEM जाते हैं</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>आपके पेमेंट चैनल में अभी पक्की जमा रकम नहीं है।</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>आपका पेमेंट चैनल बंद हो रहा है।</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>हर टास्क {amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>{amount} GEM मंज़ूर हैं और काम देने वाला आपत्ति न करे तो {time} तक मिलते हैं।</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>{amount} GEM मंज़ूर हैं और काम देने वाला आपत्ति न करे तो मिलते हैं।</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>आपके {audit} जवाब लॉटरी से चुने जाते हैं और दो अनजान लोग जाँचते हैं; जिसे दोनों गलत पाएँ उस पर {penalty} GEM कटते हैं, बाकी सबका पूरा भुगतान होता है।</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>{count} बैकअप हैं, सबसे नया {hours} घंटे पुराना है।</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>{count} – ज़्यादा कहने के लिए बहुत कम।</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>{count} – {percent} %, शायद {low}–{high} %।</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>{day}: उस दिन के किसी टास्क का भुगतान अभी नहीं हुआ</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>{day}: घंटे का हिसाब लगाने के लिए समय कम है</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{day}: भुगतान वाले टास्क पर हर घंटे {paid} GEM, बिना पैसे के समय सहित {all} GEM</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>{total} में से {done} कदम</translation>
        </message>
        <message>
            <source>{evidence}, {meaning}</source>
            <translation>{evidence}, {meaning}</translation>
        </message>
        <message>
            <source>{from_s} – {to_s} s</source>
            <translation>{from_s} – {to_s} से.</translation>
        </message>
        <message>
            <source>{good} accepted, {bad} rejected</source>
            <translation>{good} मंज़ूर, {bad} नामंज़ूर</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>{good} दूसरों से सहमत, {bad} नहीं</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>{good} जीते, {bad} हारे</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>{grade} तक पहुँच गए; 1 और जाँचे टास्क के बाद भी बना रहे तो यह आपका है।</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>{grade} तक पहुँच गए; {more} और जाँचे टास्क के बाद भी बना रहे तो यह आपका है।</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>{grade} – अभी काफ़ी जाँचा हुआ काम नहीं।</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h} घंटे {m} मिनट</translation>
        </message>
        <message>
            <source>{label} {n}</source>
            <translation>{label} {n}</translation>
        </message>
        <message>
            <source>{mark} of 5</source>
            <translation>5 में से {mark}</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>प्रोफ़ाइल की डिस्क पर {megabytes} MB खाली हैं।</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>मेमोरी में {megabytes} MB खाली हैं।</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>{month}: {had} ऑडिट हुए, {expected} अनुमानित</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>{more} और जाँचे हुए टास्क के बाद आप जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>दूसरे काम देने वालों के {more} और जाँचे हुए टास्क के बाद आप जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>अगले स्तर तक {more} और जाँचे हुए टास्क।</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>लगातार {more} और सही जवाबों के बाद आप जाँच कर सकते हैं।</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>{grade} तक लगातार {more} और सही जवाब।</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>{names}, और {n} अन्य</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>{note} शायद कम से कम {low} % होंगे।</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>{note}; आखिर में उनमें से {share} मंज़ूर होते हैं</translation>
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
            <translation>{n} जवाब भेजने बाकी</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>{n} दिन</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>{n} ने जवाब नहीं दिया।</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>{n} पूरे टास्क का समय खत्म हो रहा है: उन्हें {time} से पहले भेजें।</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} घंटे</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>{n} आपकी सेटिंग से दूर रखे गए</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>{n} कनेक्शन मिलने तक इस कंप्यूटर पर रखे हैं</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} मिनट</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{total} में से {n}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>{n} खुले</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>{n} दूसरे जाँचकर्ता, जिन्होंने इस पर पहले फ़ैसला नहीं दिया</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>{n} ने रेटिंग दी; उनमें से {good} ने 4 या 5 दिए।</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>{n} नामंज़ूर जवाब सुधारे जा सकते हैं या उन पर अपील हो सकती है।</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} से.</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>इस फ़ैसले के {n} साइन जाँचे गए: आपका, प्लेटफ़ॉर्म का और जाँचकर्ताओं के।</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>{n} साइन किए वोट इस कंप्यूटर पर गिने गए, और वही नतीजा निकला।</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>यहाँ {n} टास्क हैं, लगभग {time} का काम</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>{n} टास्क, हर एक पर {amount} GEM का दाँव</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>इस बैच में {n} टास्क बाकी</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>{n} टास्क का समय खत्म हो रहा है: पहले को {time} से पहले पूरा करके भेजें।</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>{rejected} में से {overturned} नामंज़ूरी पलटी गईं – {percent} %, शायद {low}–{high} %।</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>कामगारों की {whole} में से {part} अपीलें जीती गईं</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>जाँचकर्ताओं के {whole} में से {part} फ़ैसले बाद में पलटे गए</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>फ़ैसला हुए {whole} में से {part} जवाब मंज़ूर हुए</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>हर टास्क {pay} GEM</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>आपके पिछले {last} में से {redone} दोबारा किए गए।</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>पिछले {last} में से {rejected} नामंज़ूर हुए, आपके लिए आम तौर से ज़्यादा।</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>{decisions} में से {rejected} नामंज़ूर – {percent} %, शायद {low}–{high} %।</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>फ़ीस से पहले {reward} GEM</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>{checked} जाँचे टास्क में से {right} सही – अभी काफ़ी जाँचा हुआ काम नहीं।</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>{checked} जाँचे टास्क में से {right} सही – {percent} %, शायद {low}–{high} %।</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>{checked} जाँचे टास्क में से {right} सही: आगे बढ़ने के लिए बहुत कम। आप अपील कर सकते हैं।</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>{checked} में से {right} सही</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>{checks} छिपी जाँचों में से {right} सही; जाँच करने के लिए इससे ज़्यादा चाहिए।</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>{of} में से {right} सही</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>{share} प्लेटफ़ॉर्म के पास पहुँच चुका है।</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>{share} सही होने चाहिए।</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>{share} जवाब नामंज़ूर</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>{share} जवाब नामंज़ूर, {time} के अंदर भुगतान</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>इनाम का {share}</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>फ़ैसला हुए {n} में से {share} जवाब नामंज़ूर हुए।</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>हर एक {size}</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>{size} की फ़ाइलें बाकी हैं।</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>{size} आना बाकी</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>{size} डाउनलोड</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>आज {size}</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>आज {limit} में से {spent} GEM लगे</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>{stake} GEM दाँव पर</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>भेजने के {time} बाद</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>{time} पहले</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>हर एक {time}</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>कुल {time}, जिसमें {unpaid} बिना पैसे का</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>{time} बाकी</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>भुगतान हुए टास्क पर {time}</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>{title} (रेटिंग दी)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>{title} को अलग रखा गया; उसका कुछ मिटाया नहीं गया।</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>{unsent} भेजने हैं, {waiting} फ़ैसले के इंतज़ार में</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>आज {allowed} में से {used} MB</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>{when}: {all} में से {n} टास्क का भुगतान हुआ ({share})</translation>
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
            <translation>बाएँ से {x} %, ऊपर से {y} %</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>{yes} ने सही पाया, {no} ने गलत पाया।</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>“मेरे वॉलेट में निकालें” से जो तैयार है वह आप तक आता है। साइन से पहले फ़ीस दिखती है।</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>“जमा रकम” वे पैसे हैं जो काम के लिए पहले ही रख दिए गए हैं।</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>“{key}” पहले से “{option}” की कुंजी है।</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>तस्वीर खुल रही है …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>इस टास्क में कोई तस्वीर नहीं है।</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>वीडियो खुल रहा है …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>इस शृंखला के समय पढ़े नहीं जा सकते।</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>इस टास्क में कोई शृंखला नहीं है।</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[तस्वीर]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>रिकॉर्डिंग खुल रही है …</translation>
        </message>
    </context>
</TS>
