<TS version="2.1" language="bn" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>সমস্যা জানান</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>এটি প্ল্যাটফর্মের পরিচালক পড়েন। কে অভিযোগ করেছেন, কাজদাতা তা জানতে পারেন না।</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>অভিযোগ পাঠান</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>বন্ধ করুন</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>বাতিল</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>কী ভুল আছে?</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>কী হয়েছে, এক-দুই বাক্যে</translation>
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
            <translation>এরপর কী হবে</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>এখন কার পালা</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>বরং শুধরে দিন</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>শুধরান</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>কন্ট্র্যাক্টে নিয়ে যান…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>মেনে নিন</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>আপনার উত্তরের কী হলো</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>আউটবক্সে ফিরুন</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>এরপর কী হবে</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>লেখা হয়েছে</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>পাঠানো হয়েছে</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>আবার বিচার চলছে</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>আবার বিচার হয়েছে</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>জিতেছেন</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>হেরেছেন</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>নেওয়া হয়নি</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>সিদ্ধান্ত হয়েছে</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>আপিল</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>আপিল মানে কী</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>কে সিদ্ধান্ত নেয়</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>আপিল করা যাবে এই পর্যন্ত</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>সিদ্ধান্ত হবে, বড়জোর এর মধ্যে</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>আপনি যে জামানত রাখছেন (%1 GEM খালি আছে)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>আপনি যে জামানত রাখছেন</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>হারলে আপনার খরচ</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>জিতলে আপনি পাবেন</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>আপনার উত্তর কেন ঠিক</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>উত্তরটি কেন ঠিক, এক-দুই বাক্যে</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>এটি আপিলের সঙ্গে সই হয় এবং পরের সংযোগেই চলে যায়। %2 অক্ষরের মধ্যে %1।</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>আপিল করুন, দ্বিতীয় চেষ্টা ছাড়ুন</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>আপিলে সই করুন</translation>
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
            <translation>বিজ্ঞপ্তি</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>বিজ্ঞপ্তি, নতুন: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>ফেরান</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>আবার করুন</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>নির্দেশনা</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>বোতাম</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>শেষটি ফেরান</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>আপাতত থাক</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>আবার সেভ করুন</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>এই উত্তর দিন</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>বাদ দিন</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>জুম</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>পুরো ছবি দেখান</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>বাছাই করাটি সরান</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>কিছু ক্যাম্পেইনে টাকা ঝুঁকিতে রাখতে হয়। জামানত এই পরিমাণ না হওয়া পর্যন্ত আপনার আয়ের একটু এখানে থাকতে দিন; আপনাকে কখনো কিছু কিনতে হবে না।</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>এতে কোনো খরচ নেই, আপনার পরের আয় থেকে চালু হয়। আপনার যা আছে তা এতে নড়ে না, আর জামানতে যা খালি আছে তা আবার বের করতে পারেন।</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>জামানতে রাখুন</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>0 দিলে কিছুই রাখা হয় না; ঝুঁকি ছাড়া ক্যাম্পেইনগুলো আপনার জন্য খোলা থাকে।</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>জামানতে রাখুন, GEM-এ</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>রাখুন</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>জামানতে এখন খালি আছে</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>খরচের পকেটে নিন…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>জামানত থেকে সরাবেন?</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>এটি তখনই তোলার জন্য তৈরি হয়। আপনি ও প্ল্যাটফর্ম দুজনেই সই করেন; চেইনে কিছু হয় না, কোনো খরচও নেই।</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>এটি একটি কাজের আয়ের সমান ধাপে ধাপে যায়, প্রতি ধাপে বড়জোর 1 GEM। প্ল্যাটফর্ম সাড়া না দিলে আপনি বড়জোর এক ধাপ হারাতে পারেন।</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>সরান</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>পরিমাণ</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>জামানতে খালি আছে: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>জামানত থেকে যত সরাবেন, GEM-এ</translation>
        </message>
    </context>
    <context>
        <name>CampaignFilter</name>
        <message>
            <source>Filter</source>
            <translation>ফিল্টার</translation>
        </message>
        <message>
            <source>Kind of task</source>
            <translation>কাজের ধরন</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>কাজের ভাষা</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>একটি কাজে ডাউনলোড</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>ঘণ্টায় অন্তত এত GEM</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>GEM ঘণ্টায়, অন্তত</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>ঝুঁকির টাকা ছাড়া</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>আমার জামানতে কুলায়</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>অনুশীলন ছাড়া</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>শুধু যারা নজরে আছে</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>যারা নজরে আছে তারা আগে</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>সব দেখান</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>হয়েছে</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>ক্যাম্পেইন খুঁজুন (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>সাজান</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>বেশি আয়</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>পারিশ্রমিক</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>সবচেয়ে ছোট</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>কম ঝুঁকি</translation>
        </message>
        <message>
            <source>Filter: %1</source>
            <translation>ফিল্টার: %1</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>ফিল্টার</translation>
        </message>
        <message>
            <source>Rows or cards</source>
            <translation>সারি বা কার্ড</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>সারি</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>কার্ড</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>ক্যাম্পেইন</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>নতুন কাজ এলে আর জানাবেন না</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>নতুন কাজ এলে জানান</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>এই কাজদাতাকে ব্লক করুন</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>এই ক্যাম্পেইন লুকান</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>সমস্যা জানান</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>এই ক্যাম্পেইন বন্ধ করুন</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>কাজদাতা %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>কাজদাতার রিপোর্ট</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>এমন কাজ আপনি যেকোনো সময় ছাড়তে পারেন, কোনো খরচ নেই।</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>কত আয় হয়</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>কী ঝুঁকি আপনার</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>উত্তর কীভাবে যাচাই হয়</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>সময় ও ডেটা</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>কাজদাতা</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>আবার অনুশীলন করুন</translation>
        </message>
        <message>
            <source>About</source>
            <translation>সম্পর্কে</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>নির্দেশনা</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>এই কাজদাতাকে ব্লক করুন</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>এই ক্যাম্পেইন লুকান</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>কাজদাতাকে বার্তা দিন</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>সমস্যা জানান</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>উদাহরণগুলো করুন</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>যতগুলো কাজ নেবেন</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>%nটি কাজ নিন</numerusform>
                <numerusform>%nটি কাজ নিন</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>কাজপ্রতি %1 GEM</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>নজরে আছে</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>অনুশীলন</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>সতর্কতা</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/ঘণ্টা</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>ঝুঁকি %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>ঝুঁকি নেই</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>%1-এর জন্য আরও</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>এই অ্যাপে কিছু একটা গোলমাল হয়েছে</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>গতবার Gems নিজে থেকে বন্ধ হয়ে গিয়েছিল</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>যিনি আপনাকে সাহায্য করেন তাঁর জন্য রিপোর্ট</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>আপনার উত্তর ও টাকা জমা আছে, কিছুই বদলায়নি। আপনি কাজ চালিয়ে যেতে পারেন।</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>রিপোর্টে শুধু ভার্সন আর আমাদের প্রোগ্রামের জায়গার নাম থাকে: উত্তর, ঠিকানা, নাম বা টাকার পরিমাণ নয়। এটি কারও কাছে পাঠানো হয় না; ফাইল হিসেবে সেভ করে যাকে বিশ্বাস করেন তাকে দিতে পারেন।</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>বন্ধ করুন</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>রিপোর্ট সেভ করুন</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>ভেতরে কী আছে লুকান</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>ভেতরে কী আছে দেখান</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>রিপোর্ট</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>কাজ চলছে…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>নেটওয়ার্ক ছাড়া</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>আপনার কাজ পেনড্রাইভে করে যায়। যে নিয়ে যায় সে এটি পড়তেও পারে না, বদলাতেও পারে না।</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>আউটবক্সে ফিরুন</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>কোথায়</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>ফোল্ডার</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>আবার দেখুন</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>আপনার কাজ</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>এখনো জবাব আসেনি এমন ফাইল: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>ফাইলে যা আছে তা আর ফেরত নেওয়া যায় না। আগে নেটওয়ার্ক এলে বরাবরের মতোই পাঠানো হয়; কিছুই দুবার গোনা হয় না।</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>ফাইল লিখুন</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>এই ফোল্ডারে</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>এই ফোল্ডারে কোনো বহন ফাইল বা জবাব নেই।</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>সংযোগ থাকলে আপনি অন্য কারও ফাইল পাঠাতে পারেন: জবাবটি তার পাশেই লেখা হয়।</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>এই জবাব পড়ুন</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>এই ফাইল পাঠান</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>কন্ট্র্যাক্টে নিয়ে যান</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>আউটবক্সে ফিরুন</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>আপনি পাবেন, বড়জোর</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>এর মধ্যে নিয়ে আসুন</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>কন্ট্র্যাক্ট আপত্তির জন্য অপেক্ষা করে</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>ফাইল হিসেবে সেভ হয়েছে</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>যেভাবে হয়</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. এই কাজ নিয়ে যা সই হয়েছে তা আপনি একটি ফাইলে সেভ করেন। তাতে আপনার উত্তর থাকে না, শুধু তার আঙুলের ছাপ; আপনার কোনো গোপন কথাও থাকে না।</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. যার কাছে একটু গ্যাস কয়েন আছে সে-ই এটি কন্ট্র্যাক্টে নিয়ে যেতে পারে: ওয়াচ-টাওয়ারের মালিক, কোনো বন্ধু, বা আপনি। শুধু ফাইলটাই লাগে, আর তাতে কিছুই বদলানো যায় না।</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. কন্ট্র্যাক্ট আপত্তির জন্য অপেক্ষা করে, তারপর যে কেউ টাকা দেওয়াতে পারে। কেস যে-ই আনুক, টাকা আপনার ওয়ালেটে যায়।</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>সেভ করতে আপনার কোনো খরচ নেই; যিনি নিয়ে যান তিনি গ্যাস কয়েন দেন। কন্ট্র্যাক্ট অন্য কিছু ঠিক করলে টাকা আসে না, আর আপনার কাছ থেকে আর কিছু নেওয়া হয় না।</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>চেইনে সবাই দেখে আপনার ওয়ালেটের ঠিকানা, কাজের নম্বর, তার আয় আর কী বিচার হয়েছে। শেষে প্ল্যাটফর্ম টাকা দিয়ে দিলে Gems তা সই করে জানায়, আর কন্ট্র্যাক্ট কাউকে দুবার টাকা দেয় না।</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>কেস সেভ করুন</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>আবার সেভ করুন</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>চেইন আবার দেখুন</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>ছবি হিসেবে</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>ছক হিসেবে</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>আপনার ওয়ালেটে তুলবেন?</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>আপনি এমন একটি তোলার অনুরোধে সই করছেন যা শুধু এই রিলেয়ার ব্যবহার করতে পারে, বড়জোর এই ফিতে।</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>সই করে তুলুন</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>আপনার চ্যানেল থেকে</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>রিলেয়ারের ফি</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>আপনি পাবেন</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>রিলেয়ার</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>ব্যবহার করা যাবে এই পর্যন্ত</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>সাধারণত কয়েক মিনিট লাগে। ততক্ষণে না হলে আপনার আয় আপনার চ্যানেলেই থাকে, আবার তুলতে পারেন।</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>ফি %1 GEM · লেনদেন %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>ফি %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>এগিয়ে যান</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>বাতিল</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>Gems: আপনার ওয়ালেট জানতে চায়</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>আপনি এটি না চেয়ে থাকলে না বলুন। উত্তর না দিলে এই জানালা নিজেই বন্ধ হয়, কিছুই সই বা বদল হয় না।</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>না, কিছু করবেন না</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>রাজি হতে হলে শেষ পর্যন্ত স্ক্রল করুন।</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>%n দিন বাকি</numerusform>
                <numerusform>%n দিন বাকি</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>%n ঘণ্টা বাকি</numerusform>
                <numerusform>%n ঘণ্টা বাকি</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>%n মিনিট বাকি</numerusform>
                <numerusform>%n মিনিট বাকি</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>%n সেকেন্ড বাকি</numerusform>
                <numerusform>%n সেকেন্ড বাকি</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>সময় শেষ</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>বন্ধ হওয়া শেষ হতে বাকি:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>যে টাকা তোলা হচ্ছে তার জন্য:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>সব লেনদেন</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>সবকিছু</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>আয়</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>ঝুঁকির টাকা</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>তোলা ও পাঠানো</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>কোন লেনদেন দেখানো ও এক্সপোর্ট হবে</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>এই সপ্তাহ</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>এই মাস</translation>
        </message>
        <message>
            <source>All</source>
            <translation>সব</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>কোন সময়ের লেনদেন দেখানো ও এক্সপোর্ট হবে</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>CSV এক্সপোর্ট করুন</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>টাকার অঙ্ক কেন এত, তা দেখতে একটি লাইন চাপুন।</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>এখনো কোনো লেনদেন নেই। আয়, ঝুঁকির টাকা ও টাকা তোলা হলে এখানে দেখা যাবে।</translation>
        </message>
        <message>
            <source>When</source>
            <translation>কখন</translation>
        </message>
        <message>
            <source>What</source>
            <translation>কী</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>ক্যাম্পেইন</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>পকেট</translation>
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
            <translation>GEM নিন</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>এই ঠিকানা যে কেউ দেখতে ও এতে GEM পাঠাতে পারে। এটি দিয়ে কেউ কিছু নিতে পারে না।</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>বন্ধ করুন</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>QR কোড হিসেবে আপনার ঠিকানা</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>এক মিনিটের জন্য কপি করুন</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>আয়</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>শুধু এই কম্পিউটার যা যাচাই করেছে তা-ই গোনা হয়।</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>আবার চেষ্টা করুন</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>রিলেয়ার GEM-এ অল্প ফি নিয়ে এটি আপনার ওয়ালেটে আনে। গ্যাস কয়েন লাগে না; ফি আগেই দেখানো হয়।</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>এখন তোলার মতো কিছু নেই। গৃহীত কাজের টাকা আপনার চ্যানেলে আসে ও এখানে দেখা যায়।</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>তোলা হচ্ছে</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>আমার ওয়ালেটে তুলুন</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>গ্রহণ</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>পাঠান</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>আজকের আয়</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>সাত দিন</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>মোট</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>তোলা টাকা</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>পাঠানো হয়েছে</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>দিন অনুযায়ী আয়</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>দিন</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>আপনার প্রথম আয় এখানে দেখা যাবে, দিনে দিনে।</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>জামানত, ভাউচারের কপি, নিজে থেকে তোলা…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>GEM পাঠান</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>এটি পাঠাবেন?</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>রিলেয়ার GEM-এ অল্প ফি নিয়ে এটি পৌঁছে দেয়। একবার পাঠালে আর ফেরানো যায় না।</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>পুরো ঠিকানাটি ভাগে ভাগে মিলিয়ে দেখুন। একবার পাঠালে আর ফেরানো যায় না।</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>সই করে পাঠান</translation>
        </message>
        <message>
            <source>From</source>
            <translation>থেকে</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>ওয়ালেট</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>চ্যানেল</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>ঠিকানার বই</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>বাছুন…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>প্রাপক</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>ঠিকানাটি এখনো পুরো ও ঠিক হয়নি।</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>যে ঠিকানায় পাঠাবেন</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>পরিমাণ</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>আপনার ওয়ালেটে: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>GEM-এ পরিমাণ</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>তোলার মতো যা আছে সব সরাসরি সেখানে যায়: %1 GEM।</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>এগিয়ে যান</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>আপনার ঠিকানার বইয়ে</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>আপনার চ্যানেল থেকে</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>আপনার ওয়ালেট থেকে</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>রিলেয়ারের ফি</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>পৌঁছাবে</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>করা যাবে এই পর্যন্ত</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>সাধারণত কয়েক মিনিট লাগে। ততক্ষণে না হলে কিছুই বেরোয়নি।</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>দিন</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>কাজদাতা</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>ধরন</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>টাকা পাওয়া কাজ</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>আয়</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>ঝুঁকির টাকা ও জামানত</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>ওয়ালেট</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>লেনদেন</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>মোট হিসাব</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>যেভাবে মোট হিসাব</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>দিন অনুযায়ী</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>কাজদাতা অনুযায়ী</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>ধরন অনুযায়ী</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>যার মোট হিসাব</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>এই সপ্তাহ</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>এই মাস</translation>
        </message>
        <message>
            <source>All</source>
            <translation>সব</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>এই সময়ে কোনো লেনদেন হয়নি। ওপরে আরও লম্বা সময় বাছুন।</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>দিনগুলো UTC অনুযায়ী। যা ওয়ালেটে আসে তা আগে আয় বা জামানত ছিল, তাই আবার আয় হিসেবে গোনা হয় না।</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>ঘণ্টায় আয়</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>টাকা পাওয়া কাজে</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>বিনা পয়সার সময়সহ</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>দিন অনুযায়ী ঘণ্টায় আয়</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>দিন</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>সময়</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>কয়েকটি কাজ করুন: টাকা পেলে এখানে দেখবেন এক ঘণ্টায় কত আসে।</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>বিনা পয়সার সময় মানে কাজ খোঁজা, পড়া, অনুশীলন, আর যে কাজ বাতিল হয়েছে বা যার টাকা এখনো আসেনি। এটি এই কম্পিউটারে গোনা হয়, শুধু জানালাটি ব্যবহারের সময়, আর এখানেই থাকে।</translation>
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
            <translation>আপনার GEM কোথায় আছে</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>কম দেখান</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>আরও দেখান</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>ভাউচার হলো আপনার সব পাওনার ওপর প্ল্যাটফর্মের সই। এটি থাকলে প্ল্যাটফর্ম না চাইলেও চেইন আপনাকে টাকা দেয়।</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>বন্ধ করুন</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>চেইনে: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>কাজটি খুলুন</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>এই বার্তা সরান</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>“%1” কী?</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>সাহায্যে আরও আছে</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>জানতে চাওয়া হচ্ছে…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>রিফ্রেশ</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>আবার চেষ্টা করুন</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>আপনি অফলাইনে আছেন।</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>ক্যাম্পেইনগুলো শেষবার যেমন জানা ছিল। যে কাজ নিয়েছেন তা নেটওয়ার্ক ছাড়াই করা যায়।</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>সংযোগ এলেই নতুন কাজ নেওয়া যাবে।</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>এখনো কোনো ক্যাম্পেইন নেই</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>অনলাইনে থাকতে এই কম্পিউটার কোনোটি দেখেনি। আনতে একবার সংযোগ দিন।</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>কাজদাতারা যেকোনো সময় ক্যাম্পেইন যোগ করেন। একটু পরে আবার দেখুন।</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>আবার দেখুন</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>আপনার ফিল্টারে কোনো ক্যাম্পেইন মেলে না</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>এই শব্দগুলো কোনো ক্যাম্পেইনে নেই</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>সব দেখান</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>আপনার প্রথম ধাপ</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>সব পাতা</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>ছবি: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>আগের পাতা: %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>পরের পাতা: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>পাওয়া গেছে</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>কিছু পাওয়া যায়নি</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>একটি ছোট শব্দ দিয়ে দেখুন, যেমন “আয়”, বা সব পাতা দেখুন।</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>সব পাতা</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>সাহায্য</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>সাহায্যে খুঁজুন (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>সব পাতা</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>বন্ধ করুন</translation>
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
            <translation>হোম</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>আবার চেষ্টা করুন</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>তিনটি উদাহরণ দিয়ে শুরু করুন</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>আপনার উত্তর পাঠানোর জন্য তৈরি</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>আপনার প্রথম কাজ নিন</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>এখানে এখনো কাজ নেই</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>আপনার জন্য কিছু অপেক্ষায় নেই</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>এক মিনিট লাগে, টাকা নেই, ঝুঁকিও নেই।</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>সিল করলে সই হয়; সংযোগ পেলেই এগুলো চলে যায়।</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>কাজের একটি ব্যাচ নিন; এখানে এসে গেলে নেটওয়ার্ক ছাড়াই কাজ করতে পারবেন।</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>শুধরানোর জন্য ফেরত এসেছে</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>অনুশীলন করুন</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>এগিয়ে যান</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>আজকের আয়</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>সাত দিনে %1</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>চ্যানেলে প্রমাণিত</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>পাঠানোর অপেক্ষায়</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>গত কয়েক দিন</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>দিন অনুযায়ী আয়</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>দিন</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>আপনার প্রথম আয় এখানে দেখা যাবে, দিনে দিনে।</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>আপনার অবস্থান</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>আপনি যাচাই করতে পারেন</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>প্রমাণ দেখুন</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>আউটবক্সে দেখুন</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>ছবি</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>ছবিটি দেখানো যাচ্ছে না।</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>বোতাম</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>যে বোতাম দিতে চান সেটি চাপুন। Escape চাপলে যেমন আছে তেমনই থাকে।</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>Enter একটি বিকল্পের বোতাম বদলায়, Delete আগের সাধারণ বোতাম ফিরিয়ে দেয়।</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>বিকল্প ও তাদের বোতাম</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>হয়েছে</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>সব বোতাম আগের মতো</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>নতুন বোতাম চাপুন</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>বোতাম %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>বোতাম নেই</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>ভাষা</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>লোড হচ্ছে…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>হোম</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>কাজ</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>যাচাই</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>আউটবক্স</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>আয়</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>আস্থা</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>সেটিংস</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>সাহায্য</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>আবার চেষ্টা করুন</translation>
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
            <translation>পাতা</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>অনুশীলন নেটওয়ার্ক</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>বিজ্ঞপ্তি</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>বিজ্ঞপ্তির সেটিংস</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>বন্ধ করুন</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>এখনো কোনো বিজ্ঞপ্তি নেই</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>নতুন কাজ, রায়, শেষ সময় আর আয়ের খবর এখানে জানানো হয়।</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>সব পড়া হয়েছে ধরুন</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>নতুন</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>দেখান</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>সব %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>পাঠাতে হবে %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>অপেক্ষায় %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>বাতিল %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>গৃহীত %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>ক্যাম্পেইন দিয়ে খুঁজুন (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>ক্যাম্পেইন দিয়ে খুঁজুন</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>কাজদাতাকে বার্তা দিন</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>সমস্যা জানান</translation>
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
            <translation>শুধরান</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>আপিল…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>আপনার আপিল</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>কী হয়েছে</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>কন্ট্র্যাক্টে নিয়ে যান…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>ফেরত নিন</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>নতুন বার্তা</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>%1-এর জন্য আরও</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>কাজে চিহ্ন দেওয়া: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>মেনে নিন</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>আউটবক্স</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>নেটওয়ার্ক ছাড়া…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>পাঠানো হচ্ছে…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>এখনই পাঠান</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>আবার চেষ্টা করুন</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>শুধু নতুনগুলো দেখানো হচ্ছে। পুরোনো কিছু পেতে তার ক্যাম্পেইন খুঁজুন।</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>এখনো কিছু করা হয়নি</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>শেষ করা কাজ ও যাচাই পাঠানো পর্যন্ত এখানে থাকে, আর টাকা পাওয়া পর্যন্ত রয়ে যায়।</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>এখানে কিছু নেই</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>এই মুহূর্তে কোনো কাজ এই অবস্থায় নেই।</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>সব দেখান</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>খসড়া</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>সিল করা</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>পাঠানো</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>বিচার হয়েছে</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>টাকা এসেছে</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>এখনো শেষ হয়নি</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>5টির মধ্যে ধাপ %1: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>যা লেখা হচ্ছে দেখান</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>যা লেখা হচ্ছে লুকান</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>বাতিল</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>আপিল</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>অন্যরা আবার বিচার করেন</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>গৃহীত</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>তুলুন</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>ফি</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>আপনি পাবেন</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>রাস্তার সাইনবোর্ড</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/ঘণ্টা</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>ঝুঁকি নেই</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>কাজ নিন</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>এগিয়ে যান</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>আজকের আয়</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>আজই পাঠান</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>এই কম্পিউটার</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>পেনড্রাইভ</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>নেটওয়ার্কওয়ালা কম্পিউটার</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>রাস্তার সাইনবোর্ড</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>পাঠানোর অপেক্ষায়</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>বাতিল</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>টাকা এসেছে</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>বাতিল উত্তর</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>টাকা পেতে সময়</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>এখন জমা আছে</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>আপনার রেটিং</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>নীল</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>গ্রহণ করুন</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>বাতিল করুন</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>নির্দেশনা মানেনি</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>পড়া</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>কাজ ও ডেটা</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>কাগজে বারোটি শব্দ</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>নিরাপদে রাখা</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>ওয়ালেটের সীমা</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>গ্রেড %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>আপনি যাচাই করতে পারেন</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>নতুন ভার্সন খুঁজুন</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>ডাউনলোড করুন</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>পরের বার চালু হবে</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>Gems-এর নির্মাতাদের সই করা</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>ভাষা</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>নতুন ওয়ালেট</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>কাগজে বারোটি শব্দ</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>ছবি নয়, বার্তাও নয়</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>গাড়িটির রং কী?</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>লাল</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>নীল</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>বাকি সময়</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>প্লেয়ার</translation>
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
            <translation>থামান (Space; লেখার সময় Ctrl+Space)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>চালান (Space; লেখার সময় Ctrl+Space)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>এক ছবি পেছনে</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>এক ছবি সামনে</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>ধীরে</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>গতি %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>দ্রুত</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>ভলিউম</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>শব্দ</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>অংশ</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>বাছাই করা অংশ চালান (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>বারবার</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>শব্দের যন্ত্র নেই: নিঃশব্দে চলছে।</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>অনুশীলন</translation>
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
            <translation>পরের উদাহরণ</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>বোতাম</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>জুম</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>পুরো ছবি দেখান</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>বাছাই করাটি সরান</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>অনুশীলন · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>অনুশীলন</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>অনুশীলন বাদ দিন</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>ক্যাম্পেইনে ফিরুন</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>অনুশীলনে আয়ও নেই, খরচও নেই। %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>যাচাই হচ্ছে…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>যাচাই করান</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>পেছনে</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>আপনি পাস করেছেন</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>এখনো যথেষ্ট হয়নি</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>আসল কাজও একইভাবে করা হয়, আর তাতে টাকা আসে। এখন প্রথমগুলো বাছুন।</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>এখন আপনি এই ক্যাম্পেইনের কাজ নিতে পারেন।</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>পরামর্শগুলো পড়ে উদাহরণগুলো আবার করুন; যতবার ইচ্ছা করতে পারেন।</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>ক্যাম্পেইনে ফিরুন</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>উদাহরণগুলো আবার করুন</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>নতুন প্রোফাইল</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>প্রোফাইলের নাম বদলান</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>এটি খালি শুরু হয়, নিজের ওয়ালেট ও পাসওয়ার্ড নিয়ে।</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>শুধু নাম বদলায়; ফোল্ডার ও ওয়ালেট যেখানে আছে সেখানেই থাকে।</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>বানিয়ে খুলুন</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>নাম বদলান</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>যেকোনো লিপিতে নাম</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>%1 সরিয়ে রাখবেন?</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>এর পুরো ফোল্ডার, ওয়ালেটসহ, তালিকা থেকে সরানো হয়। কিছুই মোছা হয় না; কোথায় আছে তা পরে দেখানো হয়।</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>সরিয়ে রাখুন</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>নিশ্চিত করতে %1 লিখুন</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>এই কম্পিউটারের প্রোফাইল</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>প্রতিটি প্রোফাইলের নিজের ফোল্ডার, ওয়ালেট ও পাসওয়ার্ড আছে। পাসওয়ার্ড ছাড়া কেউ অন্যের কাজ দেখতে পায় না।</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>%1 (এখন খোলা)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>খুলুন</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>%1 খুলুন</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>নাম বদলান…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>%1-এর নাম বদলান</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>সরিয়ে রাখুন…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>%1 সরিয়ে রাখুন</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>ওয়ালেটসহ এই ফোল্ডারে সরিয়ে রাখা হয়েছে: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>নতুন প্রোফাইল…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>আউটবক্সে যান</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>এই দর পুরোনো।</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>টাকার অঙ্ক %1-এও দেখান</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>এই কাজদাতাকে রেটিং দিন</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>না, ধন্যবাদ</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>পড়া থামান</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>জোরে পড়ুন</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>আপনার বাদ পড়ার বিরুদ্ধে আপিল করুন</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>আপনার কাজ কেন আবার দেখা উচিত</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>এটি প্ল্যাটফর্মের পরিচালকের কাছে যায়, সংযোগ লাগে। %2 অক্ষরের মধ্যে %1।</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>পাঠানো হচ্ছে…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>আপিল পাঠান</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>চেইনে মিলিয়ে দেখা</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>মোট %nটি কাজ।</numerusform>
                <numerusform>মোট %nটি কাজ।</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>ক্যাম্পেইন</translation>
        </message>
        <message>
            <source>What</source>
            <translation>কী</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>প্ল্যাটফর্ম, GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>চেইন, GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>তুলনা</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>চেইনে যা দেওয়া হয়েছে তা আয়ের পেছনে চলে: পিছিয়ে থাকতে পারে, কখনো এগিয়ে যায় না।</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>তাঁরা কীভাবে বিচার করেন</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>বাতিলের সিদ্ধান্ত নেয় অন্য কর্মীদের প্যানেল, কাজদাতা একা নয়।</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>কত তাড়াতাড়ি টাকা দেয়</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>টাকা এসেছে</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>কাজ</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>ভাগ</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>এখনো কিছু জানা নেই: এই কাজদাতার কোনো কাজের টাকা আসেনি।</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>কর্মীরা কী বলেন</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>এই কাজদাতাকে রেটিং দিন</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>আপনি এখানে কাজ করেছেন, তাই দিতে পারেন: প্রতি ক্যাম্পেইনে একবার, মত বদলাতেও পারেন। কাজদাতা শুধু সংখ্যাটা দেখেন।</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>ক্যাম্পেইন</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>আয়</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>খুবই কম</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>খুব ভালো</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>স্পষ্টতা</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>বোঝা কঠিন</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>খুব স্পষ্ট</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>গতি</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>খুব দেরিতে দেয়</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>সঙ্গে সঙ্গে দেয়</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>ন্যায্যতা</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>অন্যায্য</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>খুব ন্যায্য</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>রেটিং পাঠান</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>কাজদাতার রিপোর্ট</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>রায় ও টাকা দেওয়ার তথ্য; কর্মীরা কী ভাবেন তা আলাদা রাখা আছে।</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>সব কাজদাতা</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>কাজ খোঁজায় ফিরুন</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>আবার চেষ্টা করুন</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>যে কাজদাতাদের এখন কাজ আছে</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>এখনো কোনো ক্যাম্পেইন জানা নেই। আগে কাজ খুঁজুন।</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>কাজদাতা</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>ক্যাম্পেইন</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>আবার দেখান</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>এই কাজদাতাকে ব্লক করুন</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>ব্লক করা: এই কাজদাতার কাজ আপনাকে দেখানো হয় না।</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>দেওয়া হয়েছে</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>মোট, সবাইকে</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>ঘণ্টায় আয়</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>যাচাইকারী, ঘণ্টায়</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>টাকা পেতে সময়</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>এখন জমা আছে</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>আপনার উত্তরে %1 GEM ঝুঁকিতে রাখছেন।</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>এই উত্তর কি ঠিক?</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>গ্রহণ করুন</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>বাতিল করুন…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>বাদ দিন</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>কী চাওয়া হয়েছিল</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>আপনার রায়ে %1 GEM ঝুঁকিতে রাখছেন।</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>%nটি যাচাই শেষ</numerusform>
                <numerusform>%nটি যাচাই শেষ</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>আপনি এখনো যাচাই করতে পারেন না</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>অন্যদের কাজ যাচাই করুন</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>সিল করলে আপনার চাবি দিয়ে রায়গুলো সই হয়; সংযোগ এলেই সেগুলো চলে যায়।</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>যাচাই হওয়া কাজ ঠিক হলে আপনার আস্থা স্কোর বাড়ে; যথেষ্ট হলে আপনি যাচাই করতে পারেন।</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>সংযোগ এলেই যাচাই নেওয়া যায়। যেগুলো নিয়েছেন সেগুলো সংযোগ ছাড়াই করা যায়।</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>আপনি নির্দেশনা ও উত্তর দেখেন, কে দিয়েছে তা কখনো নয়। প্রতিটির সঙ্গে আয় ও আপনার ঝুঁকির টাকা বলা থাকে।</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>সিল করে পাঠানো হচ্ছে…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>পাঠানোর জন্য সিল করুন</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>সিল করে পাঠান</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>অনুশীলন যাচাইকারী দিয়ে চেষ্টা করুন</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>যাচাই চাওয়া হচ্ছে…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>10টি যাচাই নিন</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>আমার আস্থা স্কোর কীভাবে বাড়ে</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>যাচাই চালিয়ে যান</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>শেষ রায় ফেরান</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>100টি যাচাই নিন</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>এই দফায়</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>কী ভুল আছে?</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>আগে একটি কারণ বাছুন: কী শুধরাতে হবে তা লেখককে জানতে হবে।</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>জায়গাটিতে ক্লিক করুন, বা তার ওপর Enter চাপুন</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>আরেকটি জায়গা চিহ্নিত করুন</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>ভুলের জায়গা চিহ্নিত করুন</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>চিহ্নিত: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>চিহ্ন সরান</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>লেখকের জন্য মন্তব্য (ঐচ্ছিক)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>বাতিল করুন</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>বাতিল</translation>
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
            <translation>শেষটি ফেরান</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>নির্দেশনা</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>আপাতত থাক</translation>
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
            <translation>আপনি অনুশীলন যাচাইকারী হিসেবে কাজ করছেন, নিজের অ্যাকাউন্টে নয়।</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>আমার অ্যাকাউন্টে ফিরুন</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>আপনার সিড শব্দগুলো পর্দায় আছে। এগুলো জোরে পড়া হয় না।</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>ব্লক করা ও লুকানো</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>এই কাজ আপনাকে দেখানো হয় না, এর কিছু আনাও হয় না। যে কাজ আপনি নিয়েছেন তা আপনারই থাকে। শুধু এই কম্পিউটারই এটা জানে।</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>কাজ খোঁজায় ফিরুন</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>ব্লক করা</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>লুকানো</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>আবার দেখান</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>কিছু ব্লক করা বা লুকানো নেই</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>সম্পর্কে</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>ভার্সন</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>প্রোফাইল</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>লাইসেন্স</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>Qt (LGPL), IBM Plex Sans (OFL) ও Lucide আইকন (ISC) দিয়ে তৈরি। কাজের জন্য যা লাগে তা ছাড়া আপনার কোনো তথ্য এই কম্পিউটার থেকে বের হয় না।</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>ঠিকানার বই</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>সরান</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>%1 সরান</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>ঠিকানা যোগ করুন</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>আরেকবার মিলিয়ে দেখুন: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>নাম, যেমন “সঞ্চয়”</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>ঠিকানার নাম</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>ঠিকানা, 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>ঠিকানা</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>ওয়ালেটের নিজের জানালায় জানতে চাওয়া হচ্ছে</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>যোগ করুন</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>সব ঠিক আছে কি?</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>যাচাই হচ্ছে…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>এই সেটআপ পরীক্ষা করুন</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>রিপোর্ট বানান…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>এই কম্পিউটার, আপনার প্রোফাইল ও নেটওয়ার্ক দেখে, কিছুই বদলায় না, আর কী গোলমাল তা কথায় বলে।</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>তোলা টাকা</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>নিজে থেকে তুলবে এত হলে</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>0 দিলে নিজে থেকে কখনো তোলে না। ফি আসা টাকার বড়জোর 5 % না হওয়া পর্যন্তও অপেক্ষা করে।</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>নিজে থেকে তুলবে এত হলে, GEM-এ</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>রাখুন</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>পেমেন্ট চ্যানেল</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>আপনার বন্ধ করার অনুরোধ চেইনের পথে।</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>এই প্ল্যাটফর্মে কাজ ছেড়ে দিলে চ্যানেল বন্ধ করুন: প্ল্যাটফর্ম আর কিছু না করলেও গ্যাস কয়েন ছাড়াই আপনার জামানত ফেরত আসে।</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>চ্যানেল বন্ধ করুন…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>আপনার পেমেন্ট চ্যানেল বন্ধ করবেন?</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>চ্যানেল বন্ধ করুন</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>আপনি যা দেখতে রাজি</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>মন খারাপ করতে পারে এমন কাজ আপনি না চাওয়া পর্যন্ত ঢাকা থাকে। এখানে যা বন্ধ, তা আপনাকে দেওয়াই হয় না।</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>নিরাপদে রাখা</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>ভাউচার যার হাত থেকেই আসুক দাম একই, টাকা পান শুধু আপনি। অন্য জায়গায় কপি থাকলে এই কম্পিউটার নষ্ট হলেও আপনার আয় নিরাপদ থাকে।</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>সরান</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>ওয়াচ-টাওয়ার %1 সরান</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>আরেকটি ওয়াচ-টাওয়ার</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>যেকোনো প্ল্যাটফর্ম অন্যদের ভাউচার রাখতে পারে: তার ঠিকানা দিন।</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>ওয়াচ-টাওয়ারের ঠিকানা</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>যোগ করুন</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>এই ফোল্ডারে ফাইল হিসেবেও</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>প্রতিটি নতুন ভাউচার সেখানে লেখা হয়। খালি থাকলে: ফাইল নেই।</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>ভাউচারের ফাইলের ফোল্ডার</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>রাখুন</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>এখনই ফাইল লিখুন</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>আরও নতুন ভাউচার খুঁজুন</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>ব্যাকআপ ফাইলে বা ওয়াচ-টাওয়ারে: ফাইলের পথ বা টাওয়ারের ঠিকানা দিন। শুধু প্ল্যাটফর্মের সই করা জিনিসই রাখা হয়।</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>নতুন ভাউচার আছে এমন ফাইল বা ওয়াচ-টাওয়ার</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>দেখুন</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>আপনার নিজের মুদ্রা</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>টাকার অঙ্ক এই মুদ্রায়ও দেখান</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>GEM আগেই থাকে। অন্য অঙ্কটি শুধু আনুমানিক দাম: তা দিয়ে টাকা দেওয়া বা সই হয় না।</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>অন্য</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>অন্য মুদ্রা: তার তিনটি অক্ষর, যেমন KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>1 GEM-এর দাম</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>প্ল্যাটফর্মের সংখ্যার আগে আপনার নিজেরটি ধরা হয়। প্ল্যাটফর্মেরটি নিতে খালি রাখুন।</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>1 GEM-এর দাম, %1-এ</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>রাখুন</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>খরচ হওয়া ডেটা</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>আজ</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>গত 14 দিন</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>দিন অনুযায়ী ডেটা</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>দিন</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>এখনো কিছু পাঠানো বা আনা হয়নি।</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>প্রতিটি অনুরোধের শুরুর লাইনসহ গোনা, তবে আপনার নেটওয়ার্ক বহন করতে যা যোগ করে তা ছাড়া (প্রায় 3 থেকে 5 %)।</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>আপনার ওয়ালেট ও কাজ কোথায় রাখা</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>এই প্রোফাইলের ফোল্ডার</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>নতুন ভার্সন এই ফোল্ডারের কিছু বদলায় না, প্রোগ্রাম সরালেও ফোল্ডারটি যেখানে ছিল সেখানেই থাকে।</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>আপনার বারোটি শব্দ কাগজে লেখা থাকলে, আর কিছু পাঠানো বা টাকা পাওয়া বাকি না থাকলে তবেই ফোল্ডারটি মুছুন।</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>চেইন নোড</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>সরান</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>চেইন নোড %1 সরান</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>আরেকটি চেইন নোড</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>চেইন নোডের ঠিকানা</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>যোগ করুন</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>আবার নেটওয়ার্কের নোডগুলো ব্যবহার করুন</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>যেখানে কাজ করেছি সেখানে নতুন কাজ</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>রায় ও আপিল</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>যে কাজের সময় শিগগির শেষ</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>আয় ও টাকা তোলা</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>বিজ্ঞপ্তি</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>এই সিস্টেম নোটিফিকেশন দেখায় না। বিজ্ঞপ্তি ঘণ্টার নিচে পাবেন।</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>বিজ্ঞপ্তি জানালার বাইরেও দেখান</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>কেউ আপনার পেমেন্ট চ্যানেল বন্ধ করলে সব সময় জানানো হয়, নীরব সময়েও।</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>টাকার অঙ্ক জানালার বাইরে দেখান</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>ছোট একটি শব্দসহ</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>পরখ করে দেখুন</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>পাসওয়ার্ড বদলান</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>চাবি ফাইলে এক্সপোর্ট করুন</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>এখনকার পাসওয়ার্ড</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>ফাইলের জন্য পাসওয়ার্ড</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>নতুন পাসওয়ার্ড</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>একই পাসওয়ার্ড আবার</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>এক্সপোর্ট করুন, ওয়ালেটের নিজের জানালায় নিশ্চিত করুন</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>বদলান</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>নেটওয়ার্ক</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>প্ল্যাটফর্ম</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>অনুশীলন নেটওয়ার্ক: এই GEM-এর কোনো দাম নেই</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>অফলাইনে কাজ করুন: এটি বন্ধ না করা পর্যন্ত নিজে থেকে কিছু আদান-প্রদান নয়</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>সবকিছুর জন্য প্রক্সি</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>http://host:port বা socks5://name:password@host:port-এর মতো ঠিকানা। এখানে কিছু না থাকলে আপনার সিস্টেমের প্রক্সি ব্যবহার হয়। যা এই কম্পিউটারে থাকে তা কখনো এর ভেতর দিয়ে যায় না।</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>প্রক্সির ঠিকানা</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>ব্যবহার করুন</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>নীরব সময়</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>এই সময়ে জানালার বাইরে কিছু দেখাবেন না</translation>
        </message>
        <message>
            <source>From</source>
            <translation>থেকে</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>নীরব শুরু</translation>
        </message>
        <message>
            <source>To</source>
            <translation>প্রাপক</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>নীরব শেষ</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>জানালা বন্ধ করলে</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>Gems ট্রেতে দেখান</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>জানালা বন্ধ করলেও Gems ট্রেতে চলবে</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>সিস্টেমে ট্রে না থাকলে জানালা বন্ধ করলে Gems বন্ধ হয়ে যায়।</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>পড়া</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>ভাষা</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>মেশিনে অনুবাদ করা; এখনো কোনো বাংলাভাষী এটি দেখে দেননি। কোথাও অস্পষ্ট হলে ইংরেজি লেখাটাই ধরা হবে।</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>লেখার মাপ</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>রং</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>সিস্টেমের মতো</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>হালকা</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>গাঢ়</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>বেশি কনট্রাস্ট</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>নিজে থেকে কিছু নড়বে না</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>ওয়ালেটের সীমা</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>আপনার সীমার ফাইলটি বদলানো হয়েছে বা ওয়ালেটের চেয়ে পুরোনো। এটি নতুন করে শুরু হচ্ছে: ঠিকানার বই খালি, আর আপনি সীমা ঠিক না করা পর্যন্ত সবকিছুতেই জানতে চাওয়া হবে।</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>এতক্ষণ বোতাম বা ক্লিক না হলে লক</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>কখনো না</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 মিনিট</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>না জিজ্ঞেস করে দিনে যত বেরোতে পারে</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>দিনের সীমা, GEM-এ</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>ঠিক করুন</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>নতুন ঠিকানা অপেক্ষা করে</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>ততক্ষণ সেখানে প্রতিটি টাকা পাঠাতে জানতে চাওয়া হয়। আপনি যোগ করেননি এমন ঠিকানা ধরার সময় পান।</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>একদম না</translation>
        </message>
        <message>
            <source>%1 h</source>
            <translation>%1 ঘণ্টা</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>Reading</source>
            <translation>পড়া</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>কাজ ও ডেটা</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>বিজ্ঞপ্তি</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>নিরাপত্তা</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>টাকা</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>নেটওয়ার্ক</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>প্রোফাইল</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>নতুন ভার্সন</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>সাহায্য</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>সেটিংস</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>প্রতিটি বদল সঙ্গে সঙ্গে রাখা হয়।</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>সেটিংসের ভাগ</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>জামানত</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>নতুন ভার্সন</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>কিছু করতে হবে না। ওই ভার্সন আর দেওয়া হবে না।</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>ভার্সন</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>ডাউনলোড চালিয়ে যান</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>ডাউনলোড করুন</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>থামান; পরে চালাবেন</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>আবার দেখুন</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>নতুন ভার্সন খুঁজুন</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>দিনে একবার নিজে থেকে খুঁজবে, তবে যেখানে মেগাবাইটের টাকা লাগে সেখানে কখনো নয়</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>পেনড্রাইভ বা ফোল্ডার থেকে…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>পেনড্রাইভ বা ফোল্ডার থেকে</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>যেখান থেকেই আসুক, এতে Gems-এর নির্মাতাদের সই থাকতে হবে।</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>নতুন ভার্সনের ফোল্ডার</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>সেখানে খুঁজুন</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>আবার নেটওয়ার্ক থেকে</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>জোরে পড়া</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>নির্দেশনা ও কাজ জোরে পড়ে শোনানোর সুবিধা দিন</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>এই সিস্টেমে কোনো কণ্ঠ নেই। speech-dispatcher ও espeak-ng ইনস্টল করুন, তারপর Gems আবার খুলুন।</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>এই সিস্টেমে কোনো কণ্ঠ নেই। সিস্টেমের সেটিংসে একটি যোগ করুন, তারপর Gems আবার খুলুন।</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>F8 চাপলে পড়ে, আবার চাপলে থামে। নিজে থেকে কিছু পড়া হয় না।</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>গতি শতাংশে</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>ওয়ালেট ও নিরাপত্তা</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>আপনার ঠিকানা</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>এখনই লক করুন</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>আপনার সিড শব্দগুলো আপনার কাগজে আছে। এখানে কোথাও এগুলো দেখানো হয় না, আর Gems-এর কেউ এগুলো চাইবে না।</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>কাজ ও ডেটা</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>আমি যে ক্যাম্পেইনে কাজ করি, সেখান থেকে নিজে থেকে আরও কাজ আনুক</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>এত দিনের কাজ এখানে রাখুন</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>কত দিনের কাজ</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>দিনে বড়জোর এত মেগাবাইট ডাউনলোড</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>দিনে মেগাবাইট</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>মেগাবাইট গোনা হয় এমন নেটওয়ার্কেও</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>এই নেটওয়ার্কে মেগাবাইট গোনা হয়</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>কাজের সময় শেষের এত ঘণ্টা আগে সতর্ক করুন</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>কাজের সময় শেষের কত ঘণ্টা আগে</translation>
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
            <translation>চালু হচ্ছে</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>আবার চেষ্টা করুন</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>আপডেটের আগের কপি দিয়ে চালান</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>আপডেটের আগের কপি দিয়ে চালাবেন?</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>এর বদলে নতুন ভার্সন চালু করলে কিছুই হারায় না।</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>কপি দিয়ে চালান</translation>
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
            <translation>অবস্থা</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>পাঠানোর অপেক্ষায় কিছু নেই</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>%nটি উত্তর পাঠাতে হবে</numerusform>
                <numerusform>%nটি উত্তর পাঠাতে হবে</numerusform>
            </translation>
        </message>
        <message>
            <source>Balance %1 %2</source>
            <translation>ব্যালেন্স %1 %2</translation>
        </message>
    </context>
    <context>
        <name>StoryMessage</name>
        <message>
            <source>Marked in the task: %1</source>
            <translation>কাজে চিহ্ন দেওয়া: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>এটি কীভাবে জানি?</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>প্রমাণ ফাইলে সেভ করুন</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>কাজদাতার সঙ্গে বার্তা</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>কাজদাতা শুধু আপনার লেখা দেখেন, আপনার নাম বা ঠিকানা নয়।</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>বার্তা পাঠান</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>বন্ধ করুন</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>এখানে নতুন বার্তা এলে জানান</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>এখানে বার্তা এলে আর জানাবেন না</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>পরের সংযোগেই চলে যায়। %2 অক্ষরের মধ্যে %1।</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>আপনার বার্তা</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>ফেরত নিন</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>সমস্যা জানান</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>%nটি অংশসহ রেকর্ডিং</numerusform>
                <numerusform>%nটি অংশসহ রেকর্ডিং</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>রেকর্ডিং</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 ও %2 ঠিক করে অংশ কোথায় শুরু ও শেষ, Enter তা চিহ্নিত করে, Tab অংশগুলোয় ঘোরে, Delete একটি সরায়।</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>Space চালায়, তীর এক সেকেন্ড সরায়, Shift-সহ পাঁচ, Ctrl-সহ দশ ভাগের এক; প্লাস ও মাইনাস কাছে-দূরে করে, 0 সবটা দেখায়।</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>একটি অংশ বাছাই আছে: কিনারা টানুন বা %1 ও %2 চাপুন, লেবেল তা বদলায়, Delete সরায়।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>একটি লেবেল বাছুন, তারপর তরঙ্গের ওপর টানুন, বা চলার সময় %1 ও %2 চাপুন, তারপর Enter।</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>খোলা</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>গোটানো</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>আগের মাস (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>পরের মাস (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>দরকারি</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>এর উত্তর দিতেই হবে</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>বার্তা</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>তীর দিয়ে বাছুন।</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>তীর দিয়ে বার্তা বাছুন, E নিজের বার্তা বদলায়, Delete সরায়, Escape বাছাই তুলে নেয়।</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>বার্তা: %1, অন্তত %2 লাগবে</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>বার্তা: %1, বড়জোর %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>কে বলছে</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>%1 কী বলে লিখুন</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>বার্তা লিখুন</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>বলুন</translation>
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
            <translation>যা যা খাটে সব বাছুন</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>একটি বাছুন</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>সময়</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>তারিখ</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>তারিখ লিখুন বছর-মাস-দিন হিসেবে, যেমন 2025-03-31।</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>বছর ও মাস লিখুন, যেমন 2025-03।</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>বছর চার অঙ্কে লিখুন।</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>সময় লিখুন ঘণ্টা ও মিনিটে, যেমন 14:05।</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>এই তারিখ দেওয়া যায় না। %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>এমন তারিখ বা সময় নেই।</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>তারিখ দেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>সময় দেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>%1 থেকে %2</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>%1 বা পরে</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>%1 বা আগে</translation>
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
            <translation>ক্যালেন্ডার থেকে বাছুন (ঘরে নিচের তীর)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>মুছুন</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>%1 হিসেবে সেভ হয়েছে</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>অন্য উত্তর লুকান</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>পার্থক্য দেখান</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>%1: একই</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>%1 (কাটা দাগ): %nটি পার্থক্য</numerusform>
                <numerusform>%1 (কাটা দাগ): %nটি পার্থক্য</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>পার্থক্য</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>এই কম্পিউটারে সেভ হয়েছে</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>সেভ হচ্ছে…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>এখনো সেভ হয়নি</translation>
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
                <numerusform>কাজের ছবি, %nটি এলাকা</numerusform>
                <numerusform>কাজের ছবি, %nটি এলাকা</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>কাজের ছবি</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>ছোট করুন (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>সব দেখান (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>বড় করুন (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>প্লাস ও মাইনাস ছোট-বড় করে, 0 পুরোটা দেখায়, M ধরে রাখলে আতশকাচ।</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>N বাক্স বানায়, Tab এলাকাগুলোয় ঘোরে।</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>N উপবৃত্ত বানায়, Tab এলাকাগুলোয় ঘোরে।</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>কোণগুলোয় ক্লিক করুন, বা N প্রথমটি বসায়। Tab এলাকাগুলোয় ঘোরে।</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>N বিন্দু বসায়, তীর সেটি সরায়। Tab এলাকাগুলোয় ঘোরে।</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>তীর কার্সর সরায়, Space রং করে, [ ও ] ব্রাশ বদলায়, E মোছে, N নতুন মাস্ক শুরু করে।</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>তীর বাক্স সরায়, Shift-সহ মাপ বদলায়, [ ও ] ঘোরায়, Delete সরিয়ে দেয়।</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>তীর উপবৃত্ত সরায়, Shift-সহ মাপ বদলায়, [ ও ] ঘোরায়, Delete সরিয়ে দেয়।</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>তীর এটি সরায়; কমা ও দাঁড়ি-বিন্দু (.) একটি কোণ বাছে, তীর সেই কোণ সরায়, I তার পরে একটি বসায় আর Delete সেটি তুলে নেয়। [ ও ] ঘোরায়।</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>তীর বিন্দু সরায়, Shift-সহ চওড়া বদলায়, Delete সরিয়ে দেয়।</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>তীর কার্সর সরায়, Space এই মাস্কে রং করে, E মোছে, N নতুন মাস্ক শুরু করে, Delete এটি সরায়।</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>মাস্কে এত খুঁটিনাটি যে পাঠানো যায় না। আরও চওড়া ব্রাশে আঁকুন।</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>জায়গাটিতে ক্লিক করুন, বা তীর দিয়ে কার্সর সরিয়ে Enter চাপুন।</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>ক্লিক বা N কোণ বসায়, তীর শেষটি সরায়, Backspace ফেরত নেয়, Enter বা প্রথম কোণে ক্লিক বন্ধ করে, Escape বহুভুজ ফেলে দেয়।</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>বাক্স</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>উপবৃত্ত</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>বহুভুজ</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>বিন্দু</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>ব্রাশ</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>ছবির সরঞ্জাম</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>ইরেজার</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>ব্রাশ: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>পাতা</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>আগের পাতা (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%2-এর মধ্যে %1</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>পরের পাতা (Page Down)</translation>
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
            <translation>লেবেল বাছুন, তারপর ছবিতে বাক্স টানুন (বা সেখানে N চাপুন)।</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>লেবেল বাছুন, তারপর ছবিতে উপবৃত্ত টানুন।</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>লেবেল বাছুন, তারপর ছবিতে আকারটির কোণে কোণে ক্লিক করুন।</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>লেবেল বাছুন, তারপর ছবিতে বিন্দুটিতে ক্লিক করুন।</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>লেবেল বাছুন, তারপর ছবিতে রং করুন।</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>লেবেল বাছুন, তারপর লেখায় শব্দ বাছুন।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>লেবেল বাছুন, তারপর চার্টের ওপর টানুন।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>লেবেল বাছুন, তারপর শব্দের ওপর টানুন।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>লেবেল বাছুন, তারপর সময়রেখার ওপর টানুন।</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>লেবেল বাছুন, তারপর ভিডিওতে বাক্স টানুন।</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>একটি বাক্স বাছাই আছে: লেবেল তা বদলায়, Delete সরায়।</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>একটি চিহ্ন বাছাই আছে: লেবেল তা বদলায়, Delete সরায়।</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>লেবেল</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>যতবার যায় ততবার ব্যবহার হয়েছে</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>ব্যবহারকারী</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>সহকারী</translation>
        </message>
        <message>
            <source>System</source>
            <translation>সিস্টেম</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>টুল</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>ডেভেলপার</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>অন্য উত্তরে এটি আলাদা</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>বদলান (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>সরান (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>বার্তা</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>সেভ করুন (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>%1 থেকে %2</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>%1 বা বেশি</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>%1 বা কম</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>%1 করে ধাপে</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>এটি কোনো সংখ্যা নয়।</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>সংখ্যাটি অন্তত %1 হতে হবে।</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>সংখ্যাটি বড়জোর %1 হতে পারে।</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>সংখ্যাটি %1-এর ধাপে হতে হবে।</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>সংখ্যা</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>কম</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>একটি সংখ্যা</translation>
        </message>
        <message>
            <source>More</source>
            <translation>বেশি</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>ভালোটি বাছুন।</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>দুটির একটি বাছুন</translation>
        </message>
        <message>
            <source>First</source>
            <translation>প্রথম</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>দ্বিতীয়</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>একটি ছবি</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>এই কাজের একটি ছবি দেখানো যাচ্ছে না।</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>থামান</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>চালান</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>কার্সরের অনুচ্ছেদটি চালায়</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>প্রতিটি জিনিস তার জায়গায় টানুন, সেরাটি সবার ওপরে।</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>জিনিসগুলো টেনে সাজান, সেরাটি সবার ওপরে।</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>কিবোর্ড দিয়ে কার্ড সরান, অঙ্ক চাপলে সাজায়</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>কিবোর্ড দিয়ে কার্ড সরান</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>এই ক্রম ঠিক</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>সাজানো জিনিস</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>জিনিস</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>%2-এর মধ্যে %1 নম্বর জায়গা</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>এখানে এখনো কিছু নেই</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>রেটিং</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>রেটিং দেওয়া হয়নি। তীর দিয়ে তারা দিন, Delete ফেরত নেয়।</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>রেটিং দেওয়া হয়নি। অঙ্ক বা তীর দিয়ে তারা দিন, Delete ফেরত নেয়।</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>%2 তারার মধ্যে %1</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%2-এর মধ্যে %1</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>রেটিং নেই</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>বাক্স</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>আকার</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>বিন্দু</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>উপবৃত্ত</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>রং করা জায়গা</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>শব্দগুলো</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>অংশ</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>চলন্ত বাক্স</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>চিহ্ন</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>লুকানো</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>লক করা</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>লুকান</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>দেখান</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>আনলক করুন</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>লক করুন</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>সরান</translation>
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
                <numerusform>চিহ্নিত: %n</numerusform>
                <numerusform>চিহ্নিত: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>সব লুকান</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>সব দেখান</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>যা চিহ্নিত আছে</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>তীর দিয়ে বাছুন, Delete সরায়, Alt+H লুকায়, Alt+L লক করে, Escape বাছাই তুলে নেয়।</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>লুকান</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>সরান</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>লক করুন</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>এখনো কিছু চিহ্নিত নেই।</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>দুই দিকেই</translation>
        </message>
        <message>
            <source>to</source>
            <translation>এর দিকে</translation>
        </message>
        <message>
            <source>from</source>
            <translation>থেকে</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>দিক ঘোরান (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>সরান (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>সম্পর্ক: %n</numerusform>
                <numerusform>সম্পর্ক: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>এর সঙ্গে জুড়ুন (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>জুড়ুন (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>বাতিল (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>%1 থেকে: অন্যটিতে ক্লিক করুন, বা বেছে নিয়ে R চাপুন।</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>চিহ্নিত কিছু বাছুন, R চাপুন, তারপর যার সঙ্গে সম্পর্ক তাতে ক্লিক করুন।</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>সম্পর্ক</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>তীর দিয়ে বাছুন।</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>তীর দিয়ে বাছুন, D দিক ঘোরায়, Delete সরায়।</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>সম্পর্কটি কী</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>কিছু বাছা হয়নি</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>যা যা খাটে সব বাছুন</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>একটি বাছুন</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>খুঁজতে লিখুন</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>তীর কার্সর সরায়, Shift-সহ বাছে; Enter বা লেবেলের বোতাম বাছাই করাটি চিহ্নিত করে। Tab চিহ্নগুলোয় ঘোরে; Shift-সহ তীর বাছা চিহ্নের শেষ সরায়, Alt-সহ তীর তার শুরু, Delete সেটি সরায়।</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>তীর কার্সর সরায়, Shift-সহ বাছে।</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>টেবিল, %nটি সারি</numerusform>
                <numerusform>টেবিল, %nটি সারি</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>বাছাই করা</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>%1 ফেরত নিন</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>শ্রেণি খুঁজুন</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>শ্রেণি</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>তীর দিয়ে নড়ুন, ডান শাখা খোলে, বাঁ বন্ধ করে, Space বাছে।</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>কোনো শ্রেণির নামে এই অক্ষরগুলো নেই।</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>%nটির বেশি বাছা যায় না।</numerusform>
                <numerusform>%nটির বেশি বাছা যায় না।</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>নড়ুন</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>খুলুন, বন্ধ করুন</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>বাছুন</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>আপনার উত্তর এখানে লিখুন</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>আপনার উত্তর</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>এই উত্তর সরান</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>আরেকটি উত্তর যোগ করুন</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>ছবি</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>ছবিটি দেখানো যাচ্ছে না।</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>মাপ, %nটি অংশসহ</numerusform>
                <numerusform>মাপ, %nটি অংশসহ</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>মাপ</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 ও %2 ঠিক করে অংশ কোথায় শুরু ও শেষ, Enter সেটি বা কার্সরের মুহূর্ত চিহ্নিত করে, Tab অংশগুলোয় ঘোরে, Delete একটি সরায়।</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>তীর কার্সর সরায়, Shift-সহ একবারে দশ; প্লাস ও মাইনাস কাছে-দূরে করে, 0 সব দেখায়।</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>একটি অংশ বাছাই আছে: কিনারা টানুন বা %1 ও %2 চাপুন, লেবেল তা বদলায়, Delete সরায়।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>লেবেল বাছুন, তারপর রেখার ওপর টানুন; ক্লিক করলে এক মুহূর্ত চিহ্নিত হয়।</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>ঢাকা কাজ</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>এই কাজ আপনার মন খারাপ করতে পারে</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>আপনি না চাওয়া পর্যন্ত ঢাকা থাকে। ছেড়ে দিলে আপনার কোনো খরচ নেই।</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>দেখান</translation>
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
            <translation>N বাক্স বানায়, Tab বাক্সগুলোয় ঘোরে, তীর বাছাই করাটি সরায়, Shift-সহ তীর মাপ বদলায়, %1 কী-ফ্রেম বানায় বা সরায়, %2 সেটিকে অদৃশ্য করে বা ফেরায়, Delete সরিয়ে দেয়।</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>Space চালায়, কমা ও বিন্দু এক ছবি এগোয়-পেছায়; প্লাস ও মাইনাস জুম করে, 0 পুরোটা দেখায়।</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>ভিডিও</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>সময়রেখা, %nটি সারি</numerusform>
                <numerusform>সময়রেখা, %nটি সারি</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>সময়রেখা</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 ও %2 ঠিক করে অংশ কোথায় শুরু ও শেষ, Enter তা চিহ্নিত করে, Tab অংশগুলোয় ঘোরে, Delete একটি সরায়।</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>তীর এক ছবি সরে, Shift-সহ দশ; Space চালায়।</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>বাক্স</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>মাঝখানে একটি বাক্স (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>এখানে কী-ফ্রেম নেই</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>এখানে কী-ফ্রেম আছে</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>এই ছবির পরে আর নেই</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>এই ছবি থেকে আছে</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>অন্য ছবিতে গিয়ে বাক্সটি সরান: তাতে কী-ফ্রেম হয়, আর মাঝে বাক্সটি সমানভাবে চলে।</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>লেবেল বাছুন, তারপর ছবিতে বাক্স টানুন।</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>লেবেল বাছুন, তারপর সময়রেখার ওপর টানুন, বা %1 ও %2 চাপুন, তারপর Enter।</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>কাজ</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>এলাকা %1 সম্পর্কে</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>শুরু</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>বাছাই করা অংশ এখানে শুরু</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>একটি অংশ এখানে শুরু</translation>
        </message>
        <message>
            <source>End</source>
            <translation>শেষ</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>বাছাই করা অংশ এখানে শেষ</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>একটি অংশ এখানে শেষ</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>চিহ্ন</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>শুরু ও শেষের মাঝের অংশ চিহ্নিত করুন (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>এই মুহূর্ত চিহ্নিত করুন (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>বেশি সময় দেখান</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>পুরোটা দেখান</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>কাছে দেখুন</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>ফেরান</translation>
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
            <translation>%1-এর কাছে · ফি %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>পরের দশটি কাজে কী হতে পারে</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>অডিট</translation>
        </message>
        <message>
            <source>From</source>
            <translation>থেকে</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>অডিট হয়েছে</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>প্রত্যাশিত</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>ভাগ্যে যত হওয়ার কথা</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>আপনি কাজ করার আগেই প্ল্যাটফর্ম যে গোপন সংখ্যা স্থির করে রেখেছিল, তা থেকে প্রতিটি লটারি এই কম্পিউটারে আবার হিসাব করা হয়। অন্য কাউকে দিয়ে যাচাই করাতে একটি সারি বেছে তার প্রমাণ ফাইলে সেভ করুন।</translation>
        </message>
        <message>
            <source>When</source>
            <translation>কখন</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>ক্যাম্পেইন</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>সম্ভাবনা</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>লটারি</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>সিড</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>কাজের ধরন</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>গ্রেড %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>গ্রেড</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>গ্রেড %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>লেভেল যাচাই হওয়া কাজ গোনে, কখনো কমে না; গ্রেড কমতে পারে, আর ভালো গ্রেড দশটি যাচাই হওয়া কাজে টিকলে তবেই আপনার হয়।</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>আস্থা</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>সই করা রায় থেকে এই কম্পিউটারে হিসাব করা; কেউ ইচ্ছামতো বসাতে পারে না।</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>প্ল্যাটফর্মের সঙ্গে মেলান</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>আবার চেষ্টা করুন</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>যা আয় করেছেন তা আপনারই থাকে। প্ল্যাটফর্ম আপনাকে বাদ দিলে এখানে তার পরিচালকের কাছে আপিল করতে পারেন।</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>যে বাতিল ভুল মনে হয় তার আপিল আউটবক্সে করুন: যেটি জিতবেন সেটি এখানে ঠিক হিসেবে গোনা হয়।</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>আউটবক্স খুলুন</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>এই নোটিশে কিছুই হারায় না; এটি শুধু আপনার শেষ উত্তরগুলো দেখে।</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>আউটবক্সে কারণগুলো পড়ুন। যে বাতিল ভুল মনে হয়, সেখানে তার আপিল করা যায়।</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>প্ল্যাটফর্ম যা বলছে তা আপনার সই করা রায়ের সঙ্গে মেলে না।</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>তার সংখ্যা কয়েকটি রায় পিছিয়ে থাকতে পারে। এমনই থাকলে প্ল্যাটফর্মের পরিচালককে জানান; নিচের প্রমাণ সই করা।</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>আপনার কোনো উত্তর এখনো যাচাই হয়নি</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>যাচাই হওয়া প্রতিটি উত্তর গোনা হয়। যেকোনো ক্যাম্পেইন দিয়ে শুরু করুন; যেগুলোয় ঝুঁকি নেই সেগুলোই সবচেয়ে সহজ।</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>কীভাবে এমন হলো</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>সময়ের সঙ্গে স্কোর</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>যাচাই হওয়া উত্তর</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>স্কোর</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>কমপক্ষে</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>বড়জোর</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>আসল মান সম্ভবত যেখানে</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>আপনার দ্বিতীয় যাচাই হওয়া উত্তর থেকে স্কোর এখানে দেখা যাবে।</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>অন্যদের কাজ যাচাই করা</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>আপনি যাচাই করতে পারেন। যাচাইয়ে ঘণ্টায় বেশি আয়, আর একবার এখানে এলে নেটওয়ার্ক লাগে না।</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>যাচাই</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>প্রমাণ</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>%1টি যাচাই · %2টি ঠিক · %3টি প্রথম চেষ্টায়</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>আস্থা স্কোর %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>বিচার</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>ক্যাম্পেইন</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>রায়</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>চেষ্টা</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>বিচার করেছে</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>বাতিল তখনই গোনা হয় যখন আর বদলাতে পারে না। ততদিন আউটবক্সে আপিল করতে পারেন।</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>দেখুন</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>এখন নয়</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>নজরে আছে</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>নতুন কাজ এলে জানান</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>আপনার ভাষা বাছুন</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>এই কম্পিউটারে সুরক্ষিত করুন</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>পাসওয়ার্ড থাকলে এই কম্পিউটারের অন্যরা আপনার টাকায় হাত দিতে পারে না। এটি কোথাও পাঠানো হয় না; ভুলে গেলেও আপনার সিড শব্দ কাজ করে।</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>পাসওয়ার্ড</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>অন্তত 8টি অক্ষর। পরপর কয়েকটি শব্দ মনে রাখা সহজ।</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>বেশি ছোট: কমপক্ষে 8টি অক্ষর।</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>সহজে আন্দাজ করা যায়: আরও এক-দুটি শব্দ যোগ করুন।</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>ভালো পাসওয়ার্ড।</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>খুব ভালো পাসওয়ার্ড।</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>একই পাসওয়ার্ড আবার</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>কিরিং থাকলে পাসওয়ার্ড লাগে না: যিনি আপনার মতো এই কম্পিউটার চালাতে পারেন, তিনি ওয়ালেটও ব্যবহার করতে পারেন।</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>এই পাসওয়ার্ডে সুরক্ষিত করুন</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>বরং সিস্টেমের কিরিং ব্যবহার করুন</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>আপনার ওয়ালেট ফিরিয়ে আনুন</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>যা সই হয়েছিল তা থেকে ব্যালেন্স, ভাউচার, চলতি কাজ, ঝুঁকির টাকা ও আপিল ফিরে আসে। যে খসড়া সিল করা হয়নি তা আসে না।</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>আপনার কাছে যা আছে</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>সিড শব্দ</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>গোপন চাবি</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>কীস্টোর ফাইল</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>আপনার সিড শব্দ</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>12 থেকে 24টি শব্দ, ক্রম ঠিক রেখে, সিড শব্দের দশটি ভাষার যেকোনোটিতে।</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>প্রথম দ্বিতীয় তৃতীয় …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>আমি পাসফ্রেজ বা অন্য অ্যাকাউন্ট ব্যবহার করেছি</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>শব্দের সঙ্গের পাসফ্রেজ</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>কখনো না থাকলে খালি রাখুন। ভুল হলে অন্য একটি খালি ওয়ালেট খোলে।</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>কোন অ্যাকাউন্ট</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>আপনার গোপন চাবি</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>0 থেকে 9 ও a থেকে f-এর 64টি অঙ্ক; আগে 0x থাকতে পারে।</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>কীস্টোর ফাইল</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>বাছাই করা: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>ফাইলটি এই পাতায় ফেলুন, বা কোথায় আছে লিখে Enter চাপুন।</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>ফাইলের পথ</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>ফাইলের পাসওয়ার্ড</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>ফাইল এখানে ফেলুন</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>খোলা হচ্ছে</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>ফিরিয়ে আনুন</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>পেছনে</translation>
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
            <translation>অনুশীলন নেটওয়ার্ক</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>3 ধাপের %1</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>আপনার ওয়ালেট খোঁজা হচ্ছে</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>Gems শুধু এই পাতায় সিড শব্দ চায়, আর শুধু ওয়ালেট বানাতে বা ফিরিয়ে আনতে। আর কারও এগুলো কখনো লাগে না।</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>ছোট ছোট কাজ করে আয় করুন</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>আপনার আয় এমন ওয়ালেটে যায় যা শুধু আপনার হাতে। শুরু করতে টাকা বা কাগজপত্র লাগে না; বানাতে প্রায় তিন মিনিট লাগে।</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>নতুন ওয়ালেট বানান</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>আমার ওয়ালেট আছে</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>এর বারোটি শব্দের ভাষা</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>এই বারোটি শব্দ কাগজে লিখুন</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>এগুলোই আপনার ওয়ালেট: যার কাছে এগুলো আছে টাকা তারই, আর কম্পিউটার হারালে এগুলোই ওয়ালেট ফেরায়। ছবি তুলবেন না।</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>কাগজটি এমন জায়গায় রাখুন যেখানে শুধু আপনিই খুঁজে পাবেন।</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>আমি লিখে নিয়েছি</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>পেছনে</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>আপনার ওয়ালেট আনলক করুন</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>আপনার কাজ ও আয় এই কম্পিউটারে জমা আছে; সিস্টেমের কিরিং তা খোলে।</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>আপনার কাজ ও আয় এই কম্পিউটারে জমা আছে; পাসওয়ার্ড তা খোলে।</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>পাসওয়ার্ড</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>খোলা হচ্ছে</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>আনলক করুন</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>শব্দগুলো আবার লিখুন</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>আপনার কাগজ থেকে, ক্রম মেনে। প্রতিটি শব্দের প্রথম চারটি অক্ষর আর একটি ফাঁকা জায়গাই যথেষ্ট।</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>বারোটি শব্দ</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>শব্দ %1 এগুলোর মধ্যে নেই: কাগজটি দেখুন।</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>প্রথম দ্বিতীয় তৃতীয় …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>12টির মধ্যে %1টি শব্দ</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>মেলান</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>নতুন শব্দ দিয়ে আবার শুরু করুন</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>এই কাজ সম্পর্কে</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>কাজ %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>পারিশ্রমিক %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>নির্দেশনা</translation>
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
            <translation>শেষ করে পরেরটি</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>ফেরান</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>আবার করুন</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>নির্দেশনা</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>বোতাম</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>পার্থক্য দেখান</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>পরের অংশে যান</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>জুম</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>পুরো ছবি দেখান</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>বাছাই করাটি সরান</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>ফেরত দিন</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>আবার সেভ করুন</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>এই উত্তর বাতিল হয়েছে: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>কাজে চিহ্ন দেওয়া: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>শুধরে আবার শেষ করুন; এটি নিজেই আবার যাচাইয়ে যায়।</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>আবার চেষ্টা করুন</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>%nটি কাজ শেষ</numerusform>
                <numerusform>%nটি কাজ শেষ</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>%nটি উত্তর পাঠানোর অপেক্ষায়</numerusform>
                <numerusform>%nটি উত্তর পাঠানোর অপেক্ষায়</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>এখানে এখনো কাজ নেই</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>গৃহীত হলে এগুলোয় %1 GEM পর্যন্ত আসে। সিল করলে আপনার চাবি দিয়ে সই হয়, তাই কেউ বদলাতে পারে না; সিল করা উত্তর সংযোগ এলেই চলে যায়।</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>এগুলো সিল করা, এই কম্পিউটারে নিরাপদ, আর সংযোগ এলে নিজেই চলে যায়।</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>এগুলো সিল করা, পথে আছে।</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>কাজের একটি ব্যাচ নিন; এগুলো এই কম্পিউটারে থাকে, নেটওয়ার্ক ছাড়াই করা যায়।</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>সিল করে পাঠানো হচ্ছে…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>পাঠানোর জন্য সিল করুন</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>সিল করে পাঠান</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>আউটবক্স খুলুন</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>এই কাজে কোনো রেকর্ডিংয়ের নাম নেই।</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>{whole}-এর মধ্যে {at}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>ছবি {at}, মোট {whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>এই কাজে কোনো ভিডিওর নাম নেই।</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>প্রতি কাজে 0.05 GEM আর এক মিনিট: ঘণ্টায় 3 GEM।</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>1 GEM = {worth} {code}, আপনি যেমন লিখেছেন, {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>1 GEM = {worth} {code}, প্ল্যাটফর্ম {name}-এর মতে ({source}), {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>যাচাই করতে পারার আগে আর 1টি যাচাই হওয়া কাজ।</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>যাচাই করতে পারার আগে অন্য কাজদাতার আর 1টি যাচাই হওয়া কাজ।</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>পরের লেভেলে যেতে আর 1টি যাচাই হওয়া কাজ।</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>যাচাই করতে পারার আগে আর 1টি ঠিক উত্তর।</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>{grade} পেতে আর 1টি ঠিক উত্তর।</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % মানে: প্রায় দশটির একটি উত্তর যাচাই হয়।</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>একটি বাক্স বা সীমারেখা মেলে না</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>ক্যাম্পেইনে এক থেকে তিনটি রাউন্ড থাকে।</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>চ্যানেল কারও জন্য নয় বা কন্ট্র্যাক্টের জন্য হতে পারে না।</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>চ্যানেল 7 থেকে 90 দিনে বন্ধ হয়; অন্য সময় দেওয়া হয়েছে।</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>চ্যানেলের ভাউচারে সই করার একটি চাবি লাগে।</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>তোলা টাকা শূন্য ঠিকানায় বা কন্ট্র্যাক্টে যেতে পারে না।</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>একটি টাকা তোলা হয়নি</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>একটি তোলা আগে থেকেই চলছে।</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>তোলার অনুরোধটি অন্য চ্যানেলের।</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>তোলার সময়টি অসম্ভব।</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>এতে ক্লিক করলে Gems খোলে।</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>বন্ধ চ্যানেল আর খোলা যায় না: সেখানে আর আয় হয় না।</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>চেইন প্রতিটি লেনদেনে যে কয়েন চায়। আপনার লাগে না: রিলেয়ার আপনার হয়ে দেয়।</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>যে কম্পিউটার আপনার সবচেয়ে নতুন ভাউচারের কপি রাখে আর আপনি না থাকলে আপনার আয় পাহারা দেয়।</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>এর মধ্যে একটি সিদ্ধান্ত বদলে গেছে।</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>ফাইলে থাকবে {what}, আর খবরও চাইবে।</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>শেষ করা একটি কাজের সময় ফুরোচ্ছে: {time}-এর আগে পাঠান।</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>গোপন পরীক্ষা</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>A থেকে F পর্যন্ত একটি অক্ষর, যা বলে আপনার যাচাই হওয়া কাজ কতটা ঠিক ছিল। ভালো গ্রেডে বেশি কাজ খোলে।</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>নম্বর 1 থেকে 5।</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>একটি বার্তায় 1 থেকে 1,000 অক্ষর থাকে।</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>জামানত থেকে সরানো আগে থেকেই চলছে।</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>এটি যেখান থেকে পেয়েছেন, নতুন ভার্সনও সেখান থেকেই আসে। আপনার ওয়ালেট ও কাজ থেকে যায়।</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>আরও নতুন ভাউচার ছিল। এটি রাখা হলো, এখন থেকে এটিই চলবে।</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>একটি সংখ্যা এত বড় যে রাখা যায় না।</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>প্যানেলে 1, 3, 5 বা 7 জন যাচাইকারী থাকে; শর্তে অন্য কথা আছে।</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>পারিশ্রমিকের যে ভাগ যাচাইকারীরা পান। আপনি যে পারিশ্রমিক দেখেন তা এর পরে যা থাকে।</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>পথে একটি অংশ বদলে গেছে।</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>কাজের একটি ছবি বা ফাইল বদলানো বা ভাঙা অবস্থায় এসেছে।</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>প্রোফাইলের একটি নাম লাগে।</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>একটি দরে ঠিক যা থাকার কথা তা নেই।</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>একটি দরের সময় নেই।</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>বাতিল একটি উত্তর শুধরানো বা আপিল করা যায়।</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>যখন আর আপিল করা যায় না, তখনই বাতিল গোনা হয়।</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>বাতিলের কারণ দিতে হয়।</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>সিড শব্দ 12, 15, 18, 21 বা 24টি হয়; এখানে আছে: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>কাজ গৃহীত হলে ঝুঁকির টাকা ফিরে আসে। পাকাভাবে বাতিল হলে তা চলে যায়।</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>একটি ধাপের নম্বর সীমার বাইরে।</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>একটি ধাপের যোগফলের গঠন ভুল।</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>এই ক্যাম্পেইনের একটি কাজের বিচার এখনো চেইনে চলছে।</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>একটি কাজের সময় ফুরোচ্ছে: {time}-এর আগে শেষ করে পাঠান।</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>এর মধ্যে একটি কাজ আবার খোলা হয়েছে।</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>যে কাজের ঠিক উত্তর আগে থেকেই জানা। এটি মাপে মানুষ কত ভালো কাজ করে, টাকা কখনো ঠিক করে না।</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>এই কাজের একটি রায় চেইনে আনা হয়েছে।</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>এই বা আরও ওপরের রাউন্ডের রায় বহাল আছে।</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>এই প্যানেলের এক যাচাইকারী আগেই কাজটির বিচার করেছেন।</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>একটি ভোটে যাচাইকারীর সই নেই।</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>একটি ওয়াচ-টাওয়ারে পৌঁছানো যায় না বা সে ভাউচার নেয়নি।</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>প্ল্যাটফর্মের জায়গায় একটি ওয়েব পাতা সাড়া দেয়: এই নেটওয়ার্ক চায় আপনি লগ ইন করুন।</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>ভালো রেকর্ডের জন্য যে কর্মী টাকার বিনিময়ে অন্যদের কাজ যাচাই করতে পারেন।</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>কোনো কাজে শিগগির আপনাকে লাগলে হলুদ লাইন জানায়।</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>গৃহীত</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>{time}-এ গৃহীত হয়েছে।</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>গৃহীত কাজ, যার আবার বিচার হচ্ছে: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>গৃহীত কাজের টাকা পেতে {time} অপেক্ষা: ততক্ষণ কাজদাতা আপত্তি করতে পারেন, তখন অন্যরা বিচার করে।</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>গৃহীত, টাকা এখনো আসেনি</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>সেটিংসে অন্য কারও দ্বিতীয় একটি যোগ করুন।</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>সেটিংসে একটি ওয়াচ-টাওয়ার যোগ করুন, বা ভাউচারের ফাইল এমন কাউকে দিন যিনি শেষের আগে জমা দিতে পারেন।</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>ঠিকানার বইয়ে একটি ঠিকানা যোগ করবেন?</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>ভুল পাসওয়ার্ডের পর ওয়ালেট আবার চেষ্টার আগে অপেক্ষা করে, সেকেন্ডে: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>কারও জন্য কাজ করার পরে রেটিং দিন; এতে পরের কর্মীর উপকার হয়।</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>{n}টি যাচাই হওয়া উত্তরের পরে: {score}, {low} থেকে {high}-এর মধ্যে</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>মেলে</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>এখানে জানা সব ক্যাম্পেইন</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>এর সব কাজ নেওয়া হয়ে গেছে।</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>সব ধরনের কাজ</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>সব ভাষা</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>সব মিলিয়ে এক অঙ্কে। যা যাচাইয়ে বা ঝুঁকিতে আছে তাও এতে ধরা, যদিও তা এখনো ঠিক হয়নি।</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>ততদিন পর্যন্ত আপনার ভাউচারের সব আয়</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>সব শব্দ তালিকায় আছে, কিন্তু একসঙ্গে সিড শব্দ হয় না: একটি ভুল বা জায়গা বদলেছে।</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>আপনার শেষ করা সব কাজ, করা থেকে টাকা আসা পর্যন্ত। সেখানে যা অপেক্ষায় আছে তা এই কম্পিউটারে নিরাপদ।</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>আগে পুরো পরিমাণের অনুমতি দিন; আদেশটি আবার দিলে Gems নিজেই তা করে।</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>পরিমাণ: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>বার্তার একটি পরিমাণ মূল এককের পূর্ণ সংখ্যা নয়।</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>এর মধ্যে একটি উত্তর বদলে গেছে।</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>আপিলে কারণ লাগে, বড়জোর 2,000 অক্ষরে।</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>আপিলে কারণ লাগে, বড়জোর 500 অক্ষরে।</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>আপিল করলে দ্বিতীয় চেষ্টা আর থাকে না, তাতে {amount} GEM পেতেন। দুটো একসঙ্গে হয় না।</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>পুরোনো একটি, {time} থেকে</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>বিরক্ত</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>এই নামে অন্য ধরনের ফাইল আছে।</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>অন্য লেনদেন</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>অন্য কারণ</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>এই তোলা আনার অনুমতি অন্য রিলেয়ারের ছিল।</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>চেইনে অন্য রায় আছে, তাই এই কেসে টাকা আসে না।</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>নিজে উত্তর দিন; অন্য উত্তরটি আপনাকে দেখানো হয় না।</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>না দেখে উত্তর দেওয়া</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>উত্তর যাচাই হয় “{name}” নিয়মে।</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>তারপরের উত্তরগুলো সঙ্গে আনা হয়, যদি এই ভার্সন সেগুলো পড়তে পারে। ভাউচার ও ঝুঁকির টাকার হিসাব প্ল্যাটফর্ম থেকে আবার আনা হয়, আর সবচেয়ে নতুন ভাউচার জানার আগে আপনার চ্যানেলে কিছুই সই হয় না।</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>এই কাজদাতা যত উত্তর বাতিল করেন</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>যেকোনো ডাউনলোড</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>সতর্ক করার মতো অন্য কিছু</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>আপিল</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>একটি রায়ের বিরুদ্ধে আপিল করবেন?</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>আপিলের প্যানেল</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>সেগুলো আরও পুরোনো হলে আপিল করুন, বা ঝুঁকির টাকা লাগে এমন কাজ নিন।</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>আপিলের রায় হয়েছে: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>কর্মীর জেতা আপিল: {n}টির মধ্যে {won}টি।</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>পৌঁছেছে</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>প্ল্যাটফর্মে পৌঁছেছে: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>নতুন হলে ঝুঁকির টাকা লাগে না এমন একটি বাছুন।</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>না পাঠানো পর্যন্ত ফিরিয়ে নিয়ে বদলাতে পারেন।</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>{time}-এর হিসাবে</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>নতুন দর চেয়ে আবার তুলুন।</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>নতুন দর চান।</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>জবাবটি আরেকবার চান; আপনার ফাইল আবার পাঠালেও ক্ষতি নেই।</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>আপনার সবচেয়ে নতুন ফাইলের জবাব চান, বা নতুন একটি লিখুন।</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>প্ল্যাটফর্মকে শেষ করতে বলুন। না করলে যে কেউ পারে: কন্ট্র্যাক্টের finish_close ফাংশনে শুধু আপনার চ্যানেলের বিবরণ, যা ভাউচারের ফাইলে আছে, আর একটু গ্যাস কয়েন লাগে।</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>কাজ চাওয়া হচ্ছে…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>আপনার অন্তত 80 % উত্তর ঠিক।</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>আপনার অন্তত 90 % উত্তর ঠিক।</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>ঝুঁকিতে</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>বিচার না হওয়া কাজে ঝুঁকিতে: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>প্ল্যাটফর্মে</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>অডিট হয়েছে</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>অডিট হয়েছে: {n}টির মধ্যে {had}টি। শুধু ভাগ্যে প্রায় {expected} হতো।</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>পাস করা অডিট: {n}। যাচাইয়ের খরচ ফি থেকে এলে, এতে সেই ফি কমে।</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>আগে শুরু করুন।</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>টাকা দেওয়া আবার শুরু করুন।</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>শুরু করা, এই কম্পিউটারে রাখা</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>পাঠানো হচ্ছে</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>ভালো গ্রেডে বেশি টাকার কাজ খোলে, তারপর যাচাইয়ের কাজ।</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>একশোর মধ্যে 80 থেকে 95টি ঠিক।</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>না দেখে যাচাই</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>ব্লক করা হলো: {who}-এর কাজ আপনাকে আর দেখানো হবে না।</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>জামানত</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>জামানত ফিরেছে</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>আপিলের জন্য রাখা জামানত</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>কাল আবার আনুন।</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>জবাব একইভাবে ফিরিয়ে আনুন।</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>নতুন প্রোফাইলে সিড শব্দ দিয়ে ওয়ালেট ফিরিয়ে আনুন।</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>আপনার কাজ ফিরছে: {total}-এর মধ্যে {done}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>ক্যাম্পেইনের নিয়মে: ঝুঁকির টাকা নেই; পারিশ্রমিকের এক ভাগে যাচাইয়ের খরচ হয়।</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>ক্যাম্পেইনের নিয়মে: অন্যরা প্রতিটি উত্তর যাচাই করেন।</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>ক্যাম্পেইনের নিয়মে: কোনটি ঠিক তা যথেষ্ট নিশ্চিত না হওয়া পর্যন্ত কয়েকজন একই কাজ করেন।</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>ক্যাম্পেইনের নিয়মে: কিছু উত্তর লটারিতে উঠে যাচাই হয়, বাকিগুলোর পুরো টাকা দেওয়া হয়।</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>ক্যাম্পেইনের নিয়মে: কাজদাতার টাকায় দুজন অচেনা লোক বাতিল না করলে কাজের টাকা দেওয়া হয়।</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>শুধু প্ল্যাটফর্ম</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>দেরিতে এসেছে: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>ক্যাম্পেইন</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>ক্যাম্পেইন শেষ</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>লুকানো ক্যাম্পেইন: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>পারিশ্রমিকের যতটা ফেরত যেতে পারে</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>চেইন নোড {place} আবোল-তাবোল জবাব দেয়।</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>চেইন নোড {place} সাড়া দেয়, চেইনের সঙ্গে চলে, Gems-এর কন্ট্র্যাক্ট আছে।</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>চেইন নোড {place}-এ পৌঁছানো যাচ্ছে না।</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>চেইন নোড {place}-এ কন্ট্র্যাক্ট আছে, কিন্তু প্ল্যাটফর্মের চাবি সেখানে নিবন্ধিত নয়।</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>চেইন নোড {place} এই নেটওয়ার্কের চেইনের নয়।</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>চেইন নোড {place} {minutes} মিনিট পিছিয়ে।</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>চেইন নোড {place} এই নেটওয়ার্কের ঠিকানায় Gems-এর বদলে অন্য কন্ট্র্যাক্ট দেখায়।</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>যাচাইয়ের সম্ভাবনা</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>ক্যাম্পেইনের শর্ত বদলে আবার পরিকল্পনা করুন।</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>না জিজ্ঞেস করে কী বেরোতে পারে তা বদলাবেন?</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>চ্যানেল</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>প্রোফাইলের ফোল্ডার আপনার কি না আর ডিস্ক চলছে কি না দেখুন।</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>সেটিংসে চেইন নোডের ঠিকানা ও আপনার সংযোগ দেখুন; আবার চেষ্টা করা হবে।</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>ঠিকানা দেখুন।</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>পরিমাণগুলো দেখে আবার চেষ্টা করুন। আবার হলে Gems আপডেট করুন।</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>সংযোগ দেখুন, বা অন্য চেইন নোড ব্যবহার করুন।</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>সংযোগ দেখুন; সংযোগ ছাড়াও কাজ চলে।</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>ডিস্ক পরীক্ষা করুন। কিছু না পেলে ওই ফাইলটি রেখে দিন।</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>ডিস্ক পরীক্ষা করুন; পরের ব্যাকআপ এর জায়গা নেয়।</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>পেনড্রাইভ ও ফাইলের নাম দেখুন।</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>যাচাই করতে পারার আগে আর একজন কাজদাতার যাচাই হওয়া কাজ।</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>যাচাই করতে পারার আগে আর {more}জন কাজদাতার যাচাই হওয়া কাজ।</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>7 থেকে 90 দিনের অপেক্ষা বাছুন।</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>ওয়ালেট থেকে এক্সপোর্ট করা ভার্সন 3 কীস্টোর ফাইল বাছুন, বা সিড শব্দ ব্যবহার করুন।</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>এতে যত খালি আছে তার মধ্যে একটি পরিমাণ বাছুন।</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>প্রতিটি এলাকার জন্য উত্তর বাছুন।</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>একটি উত্তর বাছুন।</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>অন্য ফোল্ডার বাছুন।</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>অন্য নাম বাছুন।</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>অন্য নেটওয়ার্ক ফাইল বাছুন।</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>অন্য কাজ বাছুন, বা পরে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>অন্য কাজ বাছুন।</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>অন্য কিছু বাছুন।</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>প্রতিটি এলাকার জন্য ভালোটি বাছুন।</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>ভালোটি বাছুন।</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>ব্যাকআপের ফাইল বাছুন।</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>এখানকার ফাইলটি বাছুন।</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>কী সমস্যা তা বাছুন, আর বড়জোর 500 অক্ষরে লিখুন।</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>কী ভুল তা বাছুন।</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>আপনার ভাষা বাছুন। যেকোনো সময় বদলাতে পারেন।</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>তুলুন</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>এটি তুলুন; নতুন কাজে নতুন চ্যানেল লাগে।</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>পরে তুলুন, যখন আরও জমবে।</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>যা পারেন তুলুন, প্ল্যাটফর্মকে জানান, জবাব না আসা পর্যন্ত আর কাজ নেবেন না।</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>আগে তোলা</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>আগে তোলা, অন্য কম্পিউটার থেকে</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>মোট তোলা হয়েছে</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>আপনার ওয়ালেটে তোলা</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>স্পষ্টতা</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>আপনার কাজ প্ল্যাটফর্মে নেওয়ার ফাইলটি সম্পূর্ণ করবেন?</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>আবার বন্ধ করুন। একটু গ্যাস কয়েন থাকলে নিজেও শুরু করতে পারেন: কন্ট্র্যাক্টের start_close ফাংশন।</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>তোলার মতো আরও জমলে বন্ধ করুন।</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>বড় ছবি বা ভিডিওর কাজের আগে অন্য প্রোগ্রাম বন্ধ করুন।</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>এই ফোল্ডার ব্যবহার করে এমন অন্য প্রোগ্রাম বন্ধ করে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>অসমাপ্ত বহুভুজটি বন্ধ করুন।</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>আপনার পেমেন্ট চ্যানেল বন্ধ করবেন?</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>বন্ধ হচ্ছে</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>প্রতিটি শব্দ কাগজের সঙ্গে মিলিয়ে আবার লিখুন, বা নতুন শব্দ দিয়ে শুরু করুন।</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>পুরো ঠিকানা যেটি পেয়েছেন তার সঙ্গে মেলান; শুধু প্রথম অক্ষরগুলো নয়।</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>যা লিখে রেখেছেন তার সঙ্গে ক্রম ধরে প্রতিটি শব্দ মেলান।</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>প্রতিটি এলাকা সম্পূর্ণ করুন।</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>সম্পূর্ণ করে আবার শেষ করুন।</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>এই কম্পিউটারে একবার এক মিনিটের জন্য নেটওয়ার্ক দিন।</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>কন্ট্র্যাক্ট</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>অবদানকারী</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>পুরো ঠিকানা আবার কপি করে প্রথম ও শেষ অক্ষরগুলো মেলান।</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>পুরো চাবি আবার কপি করুন; শুরুতে 0x থাকতে পারে।</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>শুধরান, বা {time} পর্যন্ত আপিল করুন: দুটির একটি।</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>শুধরানো</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>আপনি রাখার সময়ই গোনা হয়েছে</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>{n} হিসেবে গোনা হয়: সহজ কাজ, আর একজন কাজদাতার অনেক কাজ, কম গোনা হয়।</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>আপনার কতটি কাজ যাচাই হয়েছে তা গোনে। এটি শুধু বাড়ে।</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>পশুর প্রতি নিষ্ঠুরতা</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>দিনের সীমা</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>আজকের ডেটা</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>গত 14 দিনে খরচ হওয়া ডেটা: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>সময়সীমা প্ল্যাটফর্মের সময় ধরে চলে, তাই এর জন্য আপনার কিছু দেরি হয় না।</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>হয়নি; কিছু নেওয়া হয়নি</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>আলাদা</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>বিবাদ আছে</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>বিবাদের কাজ</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>বিবাদ আছে, আবার বিচার</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>বিবাদ আছে; অন্য যাচাইকারীরা বিচার করছেন</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>এই নেটওয়ার্কে আর এগোবেন না; নেটওয়ার্ক ফাইলটি প্রকাশকের ফাইলের সঙ্গে মেলান।</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>প্রকাশক বুঝিয়ে না বলা পর্যন্ত এই নেটওয়ার্কে কাজ করবেন না। শুধু একটি চেইন নোড এমন বললে সেটিংসে অন্যটি নিন।</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>আগে কিছু কাজ করুন।</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>নথি</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>হয়েছে</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>কাজদাতার সিড ছাড়া শুধু প্ল্যাটফর্মের লটারি: {n}।</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>এখনো প্রকাশ হয়নি, এখানে গোনা হয়নি এমন লটারি: {n}।</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>প্রতিটি লাইন একটি ক্যাম্পেইন: তার কাজ, পারিশ্রমিক, ঘণ্টায় আয় আর ঝুঁকির টাকা।</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>জামানতের পকেটে আরও আয় রাখুন, আর সময় শেষের আগে আপিল করুন।</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>গত {n} দিনে আয়: {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>আয়</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>সেটিংসে ঠিক চেইনের একটি নোডের ঠিকানা দিন।</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>প্রতিটি উত্তর অন্যরা যাচাই করে, তাদের একমত হতে হয়; বাতিল উত্তর একবার শুধরাতে পারেন।</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>প্রতিটি উত্তর অন্যরা যাচাই করে। তারা একমত হলে আয়ের সঙ্গে আপনার ঝুঁকির {stake} GEM ফিরে আসে; বাতিল উত্তর একবার শুধরাতে পারেন।</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>প্রতিটি বদল সঙ্গে সঙ্গে সেভ হয়। বিদ্যুৎ গেলেও কিছু হারায় না।</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>প্রতিবার টাকা পাঠাতে জিজ্ঞেস করা হয়, আরও {time}</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>বাকি সব</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>এখানে সবই পরখ করার জন্য। অনুশীলন নেটওয়ার্কের টাকার কোনো দাম নেই।</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>এর সব টাকা দেওয়া হয়েছে। {amount} GEM আপনার ওয়ালেটে এসেছে।</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>সব বিচার হয়েছে; {n}টি গৃহীত, আপত্তি না হলে টাকা আসে</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>সব পাঠানো ও বিচার হয়েছে</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>সব পাঠানো হয়েছে; {n}টি রায়ের অপেক্ষায়</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>আগে সেভ করা সবকিছু আছে।</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>এটি হওয়ার সময় চ্যানেলে আপনার যা পাওনা, ফি বাদে সব বেরিয়ে যায়।</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>আপনি যা করেছেন সব সেভ হয়েছে।</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>প্রমাণ {path}-এ লেখা হয়েছে</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>উদাহরণ {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>উদাহরণ {n}, মোট {total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>প্ল্যাটফর্মের সঙ্গে আদান-প্রদান</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>অভিজ্ঞ</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>ওয়ালেটের চাবি ফাইলে এক্সপোর্ট করবেন?</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>ন্যায্যতা</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>ফি</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>রিলেয়ারের ফি: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>যাচাইকারীদের ফি</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>রিলেয়ারের ফি</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>আগে খবর এনে আবার চেষ্টা করুন; এমনই থাকলে দুটো সংখ্যা প্ল্যাটফর্মকে দেখান।</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>আনা হচ্ছে: {total}-এর মধ্যে {done}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>কম বাতিল উত্তর আর তাড়াতাড়ি টাকা দেওয়া ভালো লক্ষণ।</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>ভাগ্যে যত হয় তার চেয়ে কম অডিট ({one_in}-এ 1)।</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>কাজ খুঁজুন</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>বাকি সময় ফুরানোর আগে শেষ করুন।</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>এই প্ল্যাটফর্মের জন্য আর কিছু শেষ করবেন না। বন্ধ হওয়া শেষ না হওয়া পর্যন্ত মাঝে মাঝে এই কম্পিউটার অনলাইনে রাখুন।</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>শেষ, এখনো সিল করা হয়নি</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>আগে কয়েকটি উদাহরণ: তার {share} ঠিক হতে হবে। এতে খরচ নেই, আয় নেই, আবার করা যায়।</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>প্রথম ধাপ</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>প্রথম চেষ্টা</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>খারাপ পাওয়া গেছে</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>আপনার জামানতে খালি</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>কিছু জায়গা খালি করে আবার চেষ্টা করুন, বা আগে যে ভার্সন ছিল সেটি চালু করুন।</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>কিছু জায়গা খালি করে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>জায়গা খালি করুন, বা অন্য ফোল্ডার বা পেনড্রাইভ বাছুন।</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>জায়গা খালি করুন, বা কম কাজ নিন।</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>এখন থেকে আপনার আয় জামানত এই পর্যন্ত ভরে, তার বেশি নয়: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>বন্ধ হওয়া শেষ হলে জামানত থেকে, {time} থেকে: {amount} GEM।</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>{time} থেকে এটি কন্ট্র্যাক্টে নিতে পারেন।</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>আগে টাকা রাখুন, বা যাতে টাকা রাখা হয়েছে তার সঙ্গে শর্ত মেলান।</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>জমা টাকা</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>শূন্য ঠিকানায় GEM পাঠানো যায় না।</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>এই ঠিকানায় GEM পাঠানো যায় না।</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>আপনার যে GEM ঝুঁকির টাকা ও আপিলের জন্য আলাদা রাখা। তার মধ্যে যা খালি, তা আবার বের করতে পারেন।</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>চেইনে যে GEM শুধু আপনার। রাখতে পারেন বা যাকে ইচ্ছা পাঠাতে পারেন।</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>উত্তরের সঙ্গে যে GEM রাখেন। উত্তর গৃহীত হলে ফেরত আসে, বাতিলই থাকলে চলে যায়।</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>GRAM-এ দুজন যাচাইকারী অডিট করেন, তাঁদের একমত হতে হয়।</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>গ্যাস কয়েন</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>গতবার Gems ঠিকভাবে বন্ধ হয়নি।</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>এই প্রোফাইলে Gems আগে থেকেই খোলা।</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>Gems নিজেই আবার পাঠায়।</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>বাকিটা Gems নিজেই পাঠায়।</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>Gems {gems}, Python {python}, Qt {qt}, {system}-এ</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>Gems {version} ডাউনলোড করা যায় ({size})।</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>তৈরি হচ্ছে</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>প্রতিটি এলাকার জন্য তারিখ বা সময় দিন।</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>তারিখ বা সময় দিন।</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>প্রতিটি এলাকার জন্য সংখ্যা দিন।</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>একটি সংখ্যা দিন।</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>প্রতিটি এলাকার জন্য রেটিং দিন।</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>রেটিং দিন।</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>শূন্যের বেশি পরিমাণ দিন।</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>অন্য ঠিকানা দিন।</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>অন্য পরিমাণ দিন।</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>কম দিন।</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>কারও ঠিকানা দিন।</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>ফোল্ডারটি আপনার ব্যবহারকারীকে ফিরিয়ে দিন, বা ডিস্কের লেখা-নিষেধ তুলুন।</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>নিজের উত্তর দিন।</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>ফেরত দেওয়া</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>খুশি</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>কাজ চালিয়ে যান। এক ঘণ্টা পরে আবার আয় দেখুন।</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>চালিয়ে যান; আবার হলে অ্যাপ বন্ধ করে আবার খুলুন।</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>আপডেটের আগের কপিতে ফেরা হচ্ছে</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>চালিয়ে যাওয়ার মতো ভালো; আরও যাচাই হওয়া কাজে আরও বোঝা যাবে।</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>গ্রেড</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>গ্রেড {grade}।</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>অর্ধেক টাকা আরও তাড়াতাড়ি আসে; 100টির 95টি {time}-এর মধ্যে।</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>অর্ধেক যাচাইয়ে {time}-এর কম লেগেছে।</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>অর্ধেক কাজে {time}-এর কম লেগেছে।</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>শেষ করা কাজ জমা দেবেন?</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>আপনার যাচাই জমা দেবেন?</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>রিলেয়ারকে দেওয়া</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>ঘৃণা ও গালি</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>আপনি যা শেষ করেছেন সব এখানে, আর কোন অবস্থায় আছে।</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>লুকানো হলো: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>হোম</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>সৎ কাজে গড়ে আসে</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>নতুন ঠিকানা যত ঘণ্টা অপেক্ষা করে: {before}-এর বদলে {after}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>যাচাই অনুযায়ী আপনার কাজ কমপক্ষে ও বড়জোর কত ভালো। যত বেশি কাজ যাচাই হয়, দুটি তত কাছে আসে।</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>উত্তর পাঠানো থেকে টাকা আপনার হওয়া পর্যন্ত কত সময় লাগে।</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>একটি কাজে সাধারণত কত সময় লাগে।</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>এই কাজদাতার কাছে একশোতে কতটি উত্তর বাতিল হয়েছে। কম হলে আপনার ভালো।</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>আপনার কতটি উত্তর অন্যরা দেখেন। কোনটি, তা জানা যায় না, তাই প্রতিটি ভালো করে করুন।</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>আবার বিচারে অন্যরা কতটি বাতিল ভুল পেয়েছেন। বেশি মানে: আপিল করলে লাভ আছে।</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>দুইবার চালু না হলে আগের ভার্সন ফিরে আসে। আপনার ওয়ালেট ও কাজ থেকে যায়।</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>বাতিল হলে কারণ পড়ুন। শুধরান, আপিল করুন, বা থাকতে দিন।</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>সময়মতো কেউ জবাব না দিলে কন্ট্র্যাক্ট নিয়ম মেনে ঠিক করে।</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>বাতিল ভুল হলে আপিল করুন, কারণ বলুন। জামানত কত, আগে দেখবেন।</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>জানালা কালো থাকলে GEMS_RENDERER=software দিন।</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>হারলে আপনার খরচ: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>হারলে বাতিল থাকে।</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>হারলে বাতিল থাকে; জামানত আর আপিলের জন্য যা ছেড়েছেন তা চলে যায়।</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>আবার চেষ্টা করা গেলে শুধরানোই প্রায়ই সবচেয়ে তাড়াতাড়ি হয়।</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>চাইলে আবার অনুরোধ করুন আর দুই মিনিটের মধ্যে ওই জানালায় হ্যাঁ বলুন।</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>জিতলে {wins} GEM পাবেন। হারলে {loses} GEM যাবে।</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>অন্য কম্পিউটারেও কাজ করলে কোনো গোলমাল নেই। নইলে প্ল্যাটফর্মকে জানান।</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>এক দিনে: {before} GEM-এর বদলে {after} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>যাচাই চলছে</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>এই সময়ে কাজদাতা দুজন অচেনা লোককে টাকা দিয়ে আবার দেখাতে পারেন; দুজনেই কাজ খারাপ বললে তবেই পারিশ্রমিকের {amount} GEM পর্যন্ত ফেরত যায়।</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>এই চ্যানেলে আপনি মোট রাখবেন: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>আপনার ঠিকানার বইয়ে যে নামে: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>আপনার ফোল্ডারে</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>আপনার ওয়ালেটে</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>Gems আবার ইনস্টল করুন। ততক্ষণ ছবির কাজ দেখানো যায় না।</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>Gems আবার ইনস্টল করুন; Debian-এ ./dev setup বলে কী নেই।</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>সবচেয়ে নতুন ভার্সন আবার ইনস্টল করুন।</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>এতে টাকা ঝুঁকিতে রাখতে হয়; আপনার জামানতের পকেটে এখনো যথেষ্ট নেই। ঝুঁকি ছাড়া কাজ দিয়ে শুরু করুন।</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>ব্যক্তিগত তথ্য চায়, বা দেখায়</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>আগে এর অনুশীলন সেট পাস করতে হবে; তাতে খরচ নেই।</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>এতে আপনি {amount} GEM পান।</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>এটি সিস্টেমের প্যাকেজ ম্যানেজার দিয়ে এসেছে, নতুন ভার্সনও সেটিই আনে।</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>করা যাবে এই পর্যন্ত: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>পড়া বা বোঝা যায় না</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>ফেরত নেওয়া যায় না: পাঠানো শুরু হয়েছে, প্ল্যাটফর্ম হয়তো পেয়ে গেছে।</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>আপনার উত্তর গৃহীত হলেই নিজে থেকে আসে।</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>একটু গ্যাস কয়েন লাগে, যা যে কেউ দিতে পারে। চেইনে কেসটি সবাই দেখে।</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>আপনার কোনো খরচ নেই, গৃহীত হলে {amount} GEM আসে। সময় {time} পর্যন্ত।</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>আপনার কোনো খরচ নেই। সময় {time} পর্যন্ত।</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>এতে {size} ডেটা লাগে।</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>এতে {size} ডেটা লাগে; পুরো প্রোগ্রামে লাগত {whole}।</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>নির্দেশনা মানেনি</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>{time}-এর আগে পৌঁছাতে হবে, তখন এর প্রথম কাজের সময় শেষ।</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>এটি প্রতারণা, বা প্ল্যাটফর্মের বাইরে টাকা দিতে চায়</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>এটি আইনবিরোধী</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>সংযোগ এলেই এটি নিজে কপি হয়।</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>এটি এই প্রোফাইলের আগের। প্ল্যাটফর্মের সই বা চেইন মোট অঙ্ক প্রমাণ করে; আলাদা কাজগুলো এই কম্পিউটারে নেই।</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>এটি কখনো দুবার করা হয় না।</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>আরও নতুন ভার্সন আছে কি না, এখনো জানা নেই।</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>এটি এখনো চেইনে নেই। এখন আনা যায়।</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>এটি চেইনে আছে, কেউ আপিল করেছে: {time} পর্যন্ত আবার বিচার হয়।</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>এটি চেইনে আছে। কন্ট্র্যাক্ট {time}-এর পরে টাকা দিতে পারে।</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>এটি এক ধাপ, বড়জোর 1 GEM, আপনার পাওনা হিসেবে গোনা হয়। এর টাকা না আসা পর্যন্ত আর কোনোটিতে সই হয় না; বাকি জামানত যেখানে আছে সেখানেই থাকে।</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>এটি আপনার পাওনা, পরের ভাউচারে আসবে।</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>কাজদাতা {time}-এর মধ্যে আপত্তি না করলে টাকা আসে।</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>কাজদাতা আপত্তি না করলে টাকা আসে।</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>প্ল্যাটফর্ম সই না করা পর্যন্ত বারবার পাঠানো হয়, গোনা হয় একবারই।</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>আবার চেষ্টা করা হবে; সেটিংসে টাওয়ারের ঠিকানা দেখুন।</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>আপনি যেমন পাঠিয়েছেন প্ল্যাটফর্মে তেমনই আছে।</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>এখন আপনার পালা: আপিল করুন, বা থাকতে দিন। কিছু না করলে নিজে থেকেই বহাল থাকে।</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>এখন আপনার পালা: শুধরান, আপিল করুন, বা থাকতে দিন।</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>এখন আপনার পালা: শুধরান, বা থাকতে দিন।</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>পরের সংযোগেই যায়, বড়জোর {time}-এর মধ্যে।</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>যা লেখা আছে তার চেয়ে আলাদা টাকা দেয়</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>সতর্ক না করে মন খারাপ করার মতো জিনিস দেখায়</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>আপনারটির চেয়ে পুরোনো ভাউচার ব্যবহার করেছে, তাই বাকি সব আপনার: শেষে {amount} GEM।</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>আমাকে দিয়ে লিংক বা প্রোগ্রাম খোলাতে চায়</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>যেমন ছিল তেমনই আছে। আপনার টাকা চেইনে, আর সিড শব্দ দিয়ে যেকোনো জায়গায় খোলা যায়।</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>রাখা হয়নি, কিছু খোলাও হয়নি।</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>সময়মতো চেইনে দেখানো হয়নি, তাই কন্ট্র্যাক্ট টাকা দিতে পারে না।</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>এতে হাত দেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>কাজদাতা আপত্তি করেছিলেন; অন্য যাচাইকারীরা আবার গ্রহণ করেছেন।</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>কাজদাতা আপত্তি করেছিলেন; অন্য যাচাইকারীরা বাতিল করেছেন।</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>কাজদাতা আপত্তি করেছেন। অন্য যাচাইকারীরা আবার বিচার করছেন।</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>এই গৃহীত কাজ আবার দেখতে কাজদাতা আরও দুজন যাচাইকারীকে টাকা দিচ্ছেন।</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>কাজদাতা লিখেছেন:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>এর সিড শব্দ আপনার কাগজে: যেকোনো কম্পিউটারে এগুলো ওয়ালেট ফেরায়।</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>এর সিড শব্দ কখনো আপনার কাগজের সঙ্গে মেলানো হয়নি। এগুলো ছাড়া ওয়ালেট শুধু এই ফোল্ডারে আছে।</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>জমা পড়ার আগেই এর সময় শেষ হয়েছে।</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>নির্দেশনা যা চায় শুধু তা-ই বিচার করুন, নিজের পছন্দ নয়।</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>{time}-এর মধ্যে বিচার।</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>আপনার বারোটি শব্দ কাগজে নিরাপদ জায়গায় রাখুন। বছরে একবার দেখুন পড়া যায় কি না।</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>সিস্টেমের কিরিংয়ে রাখা</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>রাখা হয়েছে।</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>জানা উত্তর</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>আপত্তির শেষ দিন</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>গত {n} দিন: টাকা পাওয়া কাজে ঘণ্টায় {paid} GEM, বিনা পয়সার সময়সহ {all} GEM</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>পরে</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>এক সপ্তাহের পরে</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>কমপক্ষে ও বড়জোর</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>হাজারের মাঝের চিহ্ন বাদ দিন।</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>ঝুঁকির জন্য জামানতে বাকি: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>কোনো ওয়াচ-টাওয়ার বা ফোল্ডারে আপনার ভাউচারের কপি রাখুন।</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>প্রাপককে জমা দিতে দিন।</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>লেভেল</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>লেভেল {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>লেভেল: {level}।</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>{path}-এ লেখা লাইন: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>চ্যানেলে আপনার জন্য আটকানো</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>চ্যানেলে আটকানো</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>চলতি কাজের জন্য কন্ট্র্যাক্টে আটকানো।</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>পরে আবার দেখুন বা অন্য ক্যাম্পেইন বাছুন।</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>পরে আবার খুঁজুন, বা অন্য ফোল্ডার বাছুন। আপনার ভার্সন চলতে থাকে।</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>পরে আবার খুঁজুন। পেনড্রাইভ থেকে এসে থাকলে সেটি নতুন করে লিখিয়ে নিন।</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>সময় হলে আবার দেখুন; কখন তা আউটবক্স বলে।</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>অনলাইনে এলে আবার খুঁজুন, বা পেনড্রাইভ থেকে নতুন ভার্সন নিন।</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>আবার দেখুন।</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>পরিমাণ ও ঠিকানা দেখে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>উত্তরটি আর পাশের নির্দেশনা দেখুন।</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>কেসটি দেখুন: এটি এই কাজেরই হতে হবে, পুরো আর যেমন সই হয়েছিল তেমন।</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>আবার টাকা দেওয়ার আগে ওয়ালেটের ব্যালেন্স দেখুন।</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>সেটিংসে “নতুন ভার্সন”-এর নিচে খুঁজুন। ডাউনলোডের আগেই দেখবেন কত ডেটা লাগবে।</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>নতুন কারও জন্য কাজ করার আগে এখানে দেখুন।</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>এমন ফাইল আগে থেকে আছে কি না, ডিস্ক ভরা কি না দেখুন।</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>খোঁজা হয়েছে {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>নতুন ভার্সন খুঁজতে সংযোগ লাগে।</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>নতুন ভার্সন খোঁজা হচ্ছে…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>গড়ে হারায়</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>হেরেছেন: অন্য যাচাইকারীরাও বাতিল করেছেন।</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>ওয়ালেট বানান। খরচ নেই, ব্যাংক লাগে না, নামও লাগে না।</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>একটি বানান, বা শব্দ দিয়ে ফিরিয়ে আনুন।</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>জানালায় একটি বানান, বা আপনারটি ফিরিয়ে আনুন।</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>আরও কাজ নেওয়ার আগে জায়গা করুন; যা জমা আছে তা নিরাপদ।</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>জায়গা করুন, তারপর চালিয়ে যান। যতটুকু এসেছে তা থেকে যায়।</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>এক কাজদাতার একই ধরনের অনেক কাজ, এক দাম ও এক নিয়মে।</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>চিহ্ন</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>অন্তত একটি এলাকা চিহ্নিত করুন।</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>সত্যিই করা কাজের ওপর মাপা।</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>মাপ</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>চিকিৎসার ছবি</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>কাজদাতাদের বার্তা: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>সেখানে টাকা যেতে পারে</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>সেখানে আপনার দিনের সীমার মধ্যে, না জিজ্ঞেস করে এখনই টাকা যেতে পারে।</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>আপনার দিনের সীমার মধ্যে, না জিজ্ঞেস করে সেখানে টাকা যেতে পারে এত ঘণ্টা পরে: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>ভাগ্যে যত হয় তার চেয়ে বেশি অডিট ({one_in}-এ 1)।</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>আপনার শেষ উত্তরগুলোর সাধারণের চেয়ে বেশি বাতিল হয়েছে।</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>জামানতের একটু তোলার টাকায় সরাবেন?</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>জামানত থেকে তোলার টাকায় সরানো</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>আপনার জামানতে সরানো</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>অন্য জায়গায় কপি রাখতে সেটিংসে ওয়াচ-টাওয়ার বা ফোল্ডার দিন।</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>এর মালিকের নাম দিন।</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>নাম: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>দুটির কোনোটিই নয়</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>এগুলোর ছবি কখনো তুলবেন না, কাউকে কখনো বলবেন না, আমাদেরও না।</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>নতুন বিজ্ঞপ্তি: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>নতুন ভার্সন</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>নতুন কাজ</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>নতুন কর্মী</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>সংযোগ পেলে যাচাই হবে এমন খবর: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>খবর: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>নয়টি কাজে 1 GEM আসে, একটিতে কিছুই না: গড়ে 0.90।</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>এখনো কোনো উত্তরের বিচার হয়নি, তাই ন্যায্যতা নিয়ে কিছু বলা যায় না।</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>এই কাজ নিয়ে কোনো দাবি অপেক্ষায় নেই।</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>আধা ফাইল পড়ে থাকেনি, আর আপনার কাজ এই কম্পিউটারে জমা আছে।</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>এখনো বিচার হওয়া কাজ নেই</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>এখনো বিচার হওয়া কাজ নেই।</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>কোনো চাবি দেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>এখন আর নেই</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>অনেকক্ষণ নেটওয়ার্ক নেই? আউটবক্সে “নেটওয়ার্ক ছাড়া…” বেছে পেনড্রাইভে একটি ফাইল লিখুন।</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>{code}-এর গত 30 দিনের কোনো দর জানা নেই। নিজে লিখুন, বা প্ল্যাটফর্মেরটির অপেক্ষা করুন।</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>এখনো রেটিং নেই।</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>কোনো বাতিলের আপিল হয়নি।</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>ঝুঁকি নেই। আপনার রেকর্ড নতুন থাকতে পারিশ্রমিকের {fee} যাচাইয়ের খরচে যায়; আপনার উত্তরের {audit} যাচাই হয়। যাচাই হওয়া প্রতিটি ঠিক উত্তরে ফি কমে।</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>এখানে কোনো কাজ নেই</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>টাকা দেওয়ার মতো কোনো কাজ ছিল না।</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>এই কাজের কোনো রায় চেইনে অপেক্ষায় নেই।</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>সেখানে Gems-এর কোনো ভার্সন পাওয়া যায়নি।</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>অডিটের লটারিতে উঠতে পারে এমন কাজ এখনো নেই।</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>কাজদাতা দুজন অচেনা লোককে টাকা না দিলে কেউ উত্তর যাচাই করে না; বাকি সব যেমন আছে তেমনই গৃহীত হয়।</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>এখানে এখনো কেউ কিছু লেখেননি।</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>সময়মতো কেউ বিচার করেননি, তাই গৃহীত ধরা হলো।</translation>
        </message>
        <message>
            <source>None</source>
            <translation>কোনোটি নয়</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>আপনি যে ক্যাম্পেইনগুলোয় কাজ করেন, তার কোনোটিতে এখন আপনার জন্য কাজ নেই।</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>অডিট হয়নি</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>যাচাই হওয়া কাজ এখনো যথেষ্ট নয়।</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>এখানে যা আছে তাতে বোঝা যায় না</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>এখনো প্রকাশ হয়নি</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>ঠিক নয়</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>পাঠানো হয়নি: এই কথাবার্তা বন্ধ</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>নিশ্চিত নন? ফেরত দিন; তাতে কোনো খরচ নেই।</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>নেওয়া হয়নি; কী করতে হবে আউটবক্স বলে: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>এখনো ব্যবহার হয়নি</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>পারিশ্রমিক ছাড়া আর কিছু নয়; বাতিল থাকে।</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>এই প্ল্যাটফর্ম তার চাবি নিবন্ধন না করা পর্যন্ত চেইনে তার বিরুদ্ধে কিছু দাবি করা যায় না। তাকে জানান।</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>চ্যানেলে শূন্য টাকা রাখা যায় না।</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>এখনো কোনো টাকা দেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>এতে কিছুই বদলায়নি।</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>এখনো কিছুর উত্তর দেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>চলতি কাজের জন্য কিছু আটকানো নেই।</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>তাতে কিছু হারায় না। বারবার হলে সেটিংসে রিপোর্ট সেভ করুন।</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>কিছু হারায়নি; ওয়ালেট এখনো বানানো হচ্ছে।</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>কিছু বাদ নেই। শেষে আপনার জামানত থেকে {amount} GEM আসে।</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>আর কিছু নেই: মিটে গেছে।</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>কিছু করতে হবে না। বন্ধ হওয়া শেষ হলে জামানত নিজেই আসে।</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>কিছু করতে হবে না: ধাপটি নিজেই আবার পাঠানো হয়। কয়েক দিনেও টাকা না এলে প্ল্যাটফর্মকে জানান, তার থেকে আর কাজ নেবেন না।</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>এর কিছুই রাখা হয়নি। আপনার ভার্সন চলতে থাকে।</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>অস্বাভাবিক কিছু নয়: ভাগ্যে এমনই হয়।</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>পাঠানোর অপেক্ষায় কিছু নেই</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>পাঠানোর কিছু নেই। তবু ফাইল খবর চাইতে পারে: রায় ও টাকা।</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>কিছু গৃহীত হয়নি, কিছু ঝুঁকিতেও নেই।</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>কিছু গৃহীত হয়নি।</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>কিছু বদলায়নি, শব্দগুলোও রাখা হয়নি।</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>কিছু বদলায়নি, আপনি যা লিখেছেন তা রাখা হয়নি।</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>কিছু বদলায়নি।</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>কিছু বদলায়নি। আপনার ওয়ালেট এই কম্পিউটারেই জমা আছে।</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>কিছু সরানো হয়নি।</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>কিছু পাঠানো হয়নি, সই করা সবকিছু এখানে রাখা আছে।</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>কিছু পাঠানো হয়নি।</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>কিছু সই হয়নি, কিছু ঝুঁকিতেও নেই।</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>কিছু সই হয়নি, কিছু বদলায়নি।</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>সেখানে কিছু সই বা পাঠানো হয়নি। আপনার চাবি ও কাজ এই কম্পিউটারে আছে।</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>কিছু সই হয়নি।</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>এখনো কিছু জমা হয়নি।</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>কিছু জমা হয়নি।</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>কিছু নেওয়া হয়নি। আবার চেষ্টা করতে পারেন।</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>কিছু নেওয়া হয়নি; এখানে যা আছে তা নিরাপদ, শেষ করে পাঠানো যায়।</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>আজকের বিজ্ঞপ্তি: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>এখন</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>সংখ্যার বোতাম উত্তর বাছে; Enter কাজ শেষ করে। F2 সব বোতাম দেখায়।</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>গৃহীত উত্তরে কাজদাতার আপত্তি: {n}; টিকেছে: {won}।</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>কোনো কাজদাতার নয়</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>এর মধ্যে এখন: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>আপনার শেষ {last}টির মধ্যে {rejected}টি বাতিল: আগের গড়ের চেয়ে খারাপ।</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>আপনার শেষ {last}টির মধ্যে {right}টি ঠিক: আগের গড়ের চেয়ে ভালো।</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>অফলাইন: কাজ চালিয়ে যান, পরে পাঠানো হবে</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>Debian-এ libpulse0 ইনস্টল করুন। শব্দ ও ভিডিও ছাড়া কাজগুলো চলে।</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>গড়ে</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>চেইনে, নিশ্চিত হওয়ার অপেক্ষায়</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>আপনার জামানত থেকে বেরোনোর পথে</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>জামানত থেকে বেরোনোর পথে: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>পথে আছে: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>একটি উত্তর পাঠানোর অপেক্ষায়</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>উত্তর সিল করলে একটি তৈরি হয়।</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>আপনার কাজ কত ভালো ছিল তার একটি সংখ্যা, সই করা রায় থেকে এই কম্পিউটারে গোনা।</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>একটি ভোট এই কাজ গ্রহণ করেছে, তাই এটি অস্বীকারের প্রমাণ নয়।</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>আরেকজন যাচাইকারী, যিনি আগে এর বিচার করেননি</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>এখানে একটি কাজ আছে, প্রায় {time}-এর কাজ</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>এই ব্যাচে একটি কাজ বাকি</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>অনলাইন</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>একটিমাত্র চেইন নোড দেওয়া আছে, তাই তার কথা মিলিয়ে দেখা যায় না।</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>শুধু শর্তের সালিসই এটি ঠিক করতে পারে।</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>শুধু ক্যাম্পেইন কন্ট্র্যাক্ট এটি করতে পারে।</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>শুধু যে কন্ট্র্যাক্ট বিচার করে সে-ই এটি করতে পারে।</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>শুধু প্ল্যাটফর্ম এটি পড়তে পারে, পথে কেউ বদলাতে পারে না।</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>শুধু প্রাপক এই সই করা টাকা জমা দিতে পারে।</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>শুধু ক্যাম্পেইনের কাজদাতা এটি করতে পারে।</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>শুধু চ্যানেলের দুই পক্ষ এটি বন্ধ করতে পারে।</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>নেটওয়ার্ক বা পেনড্রাইভ, যেখান থেকেই হোক, শুধু Gems-এর নির্মাতাদের সই করা জিনিসই নেওয়া হয়।</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>প্রোফাইলের ফোল্ডার শুধু আপনি পড়তে পারেন।</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>প্রোফাইলের ডিস্কে মাত্র {megabytes} MB খালি।</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>মেমরিতে মাত্র {megabytes} MB খালি।</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>Gems খুলুন</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>ব্রাউজার খুলে নেটওয়ার্কে লগ ইন করুন, আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>কিছু নেওয়ার আগে একটি খুলে দেখুন কত জিততে বা হারাতে পারেন।</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>আউটবক্স খুলে পড়ুন কেন উত্তর বাতিল হয়েছে, আর কোন জায়গার কথা বলা হয়েছে।</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>আপনার প্রোফাইল খোলা হচ্ছে</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>অন্য ক্যাম্পেইন</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>কোন উত্তর ঠিক তা যথেষ্ট নিশ্চিত না হওয়া পর্যন্ত একজনের পর একজন একই কাজ করে; দ্বিতীয় চেষ্টা নেই।</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>অন্যরা আবার বিচার করেন। জিতলে আপনার আয় ও জামানত ফেরত পাবেন।</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>এই কম্পিউটারের অন্যরা প্রোফাইলের ফোল্ডার পড়তে পারে।</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>অন্য যাচাইকারীরা আবার বিচার করেন, বড়জোর {time} পর্যন্ত।</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>অন্য কাজ</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>অন্য কর্মীরা</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>আউটবক্স</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>উল্টে গেছে</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>পাওনা</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>টাকা আসবে, বড়জোর</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>আগে টাকা পাওয়া; এর কাজ এই কম্পিউটারে নেই</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>আপনার চ্যানেলে এসেছে</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>আপনার চ্যানেলে এসেছে।</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>দেওয়া হয়েছে</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>অন্যরা একমত হলে টাকা</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>পরের ভাউচারে আসবে।</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>আয়</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>একটি যাচাইয়ের আয়</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>একটি কাজের আয়</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>যে উত্তর পাঠিয়েছেন কিন্তু এখনো ঠিক হয়নি তার টাকা। ততদিন এটি আপনার নয়।</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>কম কাজের টাকা দিন।</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>কমটির টাকা দিন।</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>আপনার শুধরানো দেখার টাকা</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>একটি বা তার বেশি কাজের টাকা দিন।</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>এই যাচাইগুলোর টাকা</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>ক্যাম্পেইন থেকে কাজের টাকা দেবেন?</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>যে কাজের আবার বিচার হচ্ছে তার টাকা। কে পাবেন, শিগগির ঠিক হবে।</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>এই ভাউচারে আয়</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>আপনার আয় তুলবেন?</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>ঘণ্টায় আয়</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>যে টাকা ঠিক হয়েছে কিন্তু এখনো সই হয়নি। প্ল্যাটফর্মের পরের ভাউচারে থাকবে।</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>যে টাকা প্ল্যাটফর্মের সইয়ে আপনার বলে প্রমাণিত। যখন ইচ্ছা তুলুন।</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>পেমেন্ট চ্যানেল</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>টাকা নেই, ঝুঁকিও নেই।</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>জরিমানা</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>বাতিল হলে জরিমানা</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>ছবি</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>ছবি আঁকে গ্রাফিক্স কার্ড।</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>ছবি গ্রাফিক্স কার্ড ছাড়া আঁকা হয়, তাতেই চলে।</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>অচেনা লোকের ছবি আলাদা প্রসেসে খোলা হয়।</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>স্তম্ভ</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>প্ল্যাটফর্ম</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>অনুশীলন</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>তিনটি উদাহরণে অনুশীলন করুন</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>ক্যাম্পেইন তৈরি হচ্ছে: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>উত্তর ঠিক হলে A চাপুন।</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>ভুল হলে R চাপুন, তারপর কারণ বাছুন: যিনি উত্তর দিয়েছেন তাঁর জানা চাই কী শুধরাতে হবে।</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>যেকোনো সংখ্যার পাশে “?” চেপে তার মানে পড়ুন।</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>সম্ভবত আপনার 55 %-এর কম উত্তর ঠিক।</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>সম্ভবত আপনার 70 %-এর কম উত্তর ঠিক।</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>বরং পাসওয়ার্ড দিয়ে ওয়ালেট সুরক্ষিত করুন।</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>আপনার পাসওয়ার্ডে সুরক্ষিত</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>কন্ট্র্যাক্টে রাখা</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>প্রতিটি এলাকার জন্য জিনিসগুলো সাজান।</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>জিনিসগুলো সাজান।</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>টাকা ঝুঁকিতে রাখবেন?</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>Python {python} দিয়ে Gems চলে না।</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>Qt লোড করা যায়নি।</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>বন্ধ করুন</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>আগে নির্দেশনা পড়ুন। ভালো উত্তর কী, তা এতে বলা আছে।</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>তোলার জন্য তৈরি</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>এখন তোলার জন্য তৈরি: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>রিফ্রেশ করে আবার বাছুন।</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>রিফ্রেশ করে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>কী অবস্থা দেখতে রিফ্রেশ করুন।</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>রিফ্রেশ করে দেখুন চেইন এখন কী বলে।</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>নিয়মিত</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>বাতিল</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>বাতিল উত্তর</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>{time}-এ বাতিল হয়েছে।</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>সম্পর্ক</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>রিলেয়ার</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>টাকা পাওয়া কাজগুলো ছেড়ে দেবেন?</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>আগে কিছু সরান।</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>প্রোগ্রামটি যেভাবে ইনস্টল করা হয়েছিল সেভাবেই সরান।</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>প্রোগ্রামের ফোল্ডারে থাকা uninstall.sh দিয়ে এটি সরান।</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>আপনার সিস্টেমের প্যাকেজ ম্যানেজার দিয়ে প্রোগ্রামটি সরান।</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>কাজদাতা</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>কাজদাতার রিপোর্ট</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>কাজদাতা {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>ব্লক করা কাজদাতা: {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>সিড শব্দ দিয়ে ওয়ালেট ফিরিয়ে আনুন; আগে vault.json সরিয়ে রাখুন।</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>যাচাই</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>যাচাই নং {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>যাচাই নং {n}, না দেখে উত্তর</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>যাচাইকারী</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>বিচার হওয়া যাচাই: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>পারিশ্রমিক</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>পারিশ্রমিক 1 GEM, ফি 5 %: আপনি দেখেন ও পান 0.95 GEM।</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>একটি কাজের পারিশ্রমিক</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>কাজের পারিশ্রমিক</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>ঠিক</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>{file} নামে সেভ হয়েছে।</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>আবার সিল করুন।</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>আপনার উত্তর সিল করে পাঠান</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>সিল করা, পাঠানোর অপেক্ষায়</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>দ্বিতীয় নজর</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>দ্বিতীয় চেষ্টা</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>নিজের ক্ষতি করা</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>ওয়ালেট থেকে GEM পাঠাবেন?</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>একবারে কম কাজ পাঠান।</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>{time}-এর মধ্যে পাঠান।</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>আগে এটি পাঠান বা ফেরত নিন।</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>কম পাঠান, বা আগে চ্যানেলে যা আছে তা তুলুন।</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>কম পাঠান, বা আগে অ্যাকাউন্টে GEM রাখুন।</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>যা শেষ হয়েছে পাঠান, তার রায়ের অপেক্ষা করুন, তারপর আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>পাঠাতে হবে এর মধ্যে</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>এই উত্তর পাঠানো শুরু হয়েছে: প্ল্যাটফর্ম হয়তো পেয়ে গেছে।</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>{total}-এর মধ্যে {done} পাঠানো হচ্ছে</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>পাঠানো হয়েছে</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>অন্য ঠিকানায় পাঠানো</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>পাঠানো, এখনো বিচার হয়নি</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>পাঠানো হয়েছে। জবাবসহ পেনড্রাইভ ফেরত দিন: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>অন্যরাও এই কম্পিউটার চালালে লক ও দিনের সীমা দিন।</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>এই কম্পিউটারের ঘড়ি ঠিক করুন; ততক্ষণ দেখানো সময় ভুল থাকে।</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>ঘড়ি ঠিক করুন; ততক্ষণ Gems প্ল্যাটফর্মের সময় ধরে চলে।</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>তারিখ ও সময় ঠিক করুন, তারপর আবার খুঁজুন।</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>সেটিংস, নিরাপত্তা ও ব্যাকআপ</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>আপনার যে যাচাই পরে উল্টে গেছে: {reviews}টির মধ্যে {overturned}টি।</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>যৌন বিষয়</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>এটি প্ল্যাটফর্মকে দেখান। আপনার কাছে ভাউচারের ফাইল থাকলে, বা কোনো ওয়াচ-টাওয়ার আপনারটি রেখেছে জানলে, সেখানে আরও নতুন ভাউচার খুঁজুন: সেটিংস, টাকা, নিরাপদে রাখা-র নিচে।</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>বাদ দেওয়া</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>কোনো কোনোটিতে আগে উদাহরণ করতে হয়। তাতে খরচ নেই, আবারও করা যায়।</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>এর কিছু মন খারাপ করতে পারে।</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>কোনো কাজে বেশি আসে, কোনোটিতে কম বা কিছুই না। এটি অনেক কাজের গড়।</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>কেউ প্রথম রায়ের বিরুদ্ধে আপিল করেছে; যাঁরা আবার বিচার করেন আপনি তাঁদের একজন।</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>কাউকে গালি বা হুমকি দেওয়া হয়েছে</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>প্যানেলের কেউ ক্যাম্পেইনের শর্তের যাচাইকারীদের মধ্যে নেই।</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>কেউ পেনড্রাইভটি নেটওয়ার্কওয়ালা কম্পিউটারে নিয়ে যান। আপনার কাজ কেউ পড়তে বা বদলাতে পারে না।</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>যে আপনার টাকা তোলার অনুরোধ চেইনে নিয়ে যায় আর গ্যাস কয়েন দেয়, অল্প ফি নিয়ে।</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>অন্য কিছু</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>এই অ্যাপে কিছু একটা গোলমাল হয়েছে।</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>আপনার চ্যানেলে কিছু সমস্যা আছে</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>কিছু বাদ পড়েছে</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>শব্দ</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>শব্দ ও ভিডিও চালানো যায়।</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>এখানে শব্দ ও ভিডিও চালানো যায় না।</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>এই কম্পিউটারে শব্দ ও ভিডিও খোলা যায় না: সিস্টেমের একটি লাইব্রেরি নেই (Debian-এ: libpulse0)।</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>গতি</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>ঝুঁকির টাকা</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>ঝুঁকির টাকা 0.10, পারিশ্রমিক 0.50: গৃহীত হলে 0.50 আসে আর আপনার 0.10 ফেরত।</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>ঝুঁকিতে থাকা টাকা</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>ঝুঁকির টাকা ফিরেছে</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>ঝুঁকির টাকা হারিয়েছে</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>ঝুঁকির টাকা রাখা হয়েছে</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>ঝুঁকির টাকা, বাতিল হওয়ায় গেছে</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>একটি ক্যাম্পেইনের দায় নেবেন?</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>ডেস্কটপ থেকে Gems চালু করুন।</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>এটি বানাতে একবার Gems চালু করুন।</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>Gems চালু করুন: এটি সবচেয়ে নতুন ভালো কপি ফিরিয়ে আনে, নষ্ট ফাইলও রেখে দেয়। ডিস্ক পরীক্ষা করুন।</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>নতুন ভার্সন চালু করুন, বা নতুন প্রোফাইলে সিড শব্দ দিয়ে ওয়ালেট ফিরিয়ে আনুন।</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>--home আর এই কম্পিউটারের কোনো ডিস্কের একটি ফোল্ডার দিয়ে চালু করুন, বা এই ফোল্ডারটি ব্যবহারের উপযোগী করুন।</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>শুরু</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>চেইন চালু হচ্ছে</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>প্ল্যাটফর্ম চালু হচ্ছে</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>একটু অনলাইনে থাকুন: Gems নিজেই এগুলো আবার দেয়। তারপর আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>একটু অনলাইনে থাকুন: Gems নিজেই পাঠায়। তারপর আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>তোলার জন্য খালি থাকে</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>অন্তত {n}টি অক্ষর দিন; পরপর কয়েকটি শব্দ মনে রাখা সহজ।</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>অনলাইনে থাকতে যথেষ্ট কাজ নিন।</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>সম্ভব হলে আগে ফেরত নিন।</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>এই প্ল্যাটফর্মের চাবি নিবন্ধন না হওয়া পর্যন্ত তার আর কাজ নেবেন না।</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>এই নেটওয়ার্কে কাজ নেবেন না, টাকা পাঠাবেন না; এর ফাইল প্রকাশকের ফাইলের সঙ্গে মেলান।</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>অনলাইনে থাকতে কাজ নিন; নেটওয়ার্ক ছাড়াই করতে পারবেন।</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>তাদের পড়ার অধিকার তুলে নিন: ফোল্ডারে chmod 700।</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>আপনার প্রথম কাজ নিন</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>ফেরত নেওয়া</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>কাজ নেওয়া</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>কাজ নং {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>কাজ নং {n}, শুধরানো</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>কাজ {index}, চেষ্টা {attempt}: অন্যরা {round} নম্বর রাউন্ডে আবার বিচার করেন।</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>{campaign}-এর কাজ {n}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>বিচার হওয়া কাজ: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>যে কাজের সময় শিগগির শেষ: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>আপনি যে কাজ নেন তা একটি সময় পর্যন্ত আপনার জন্য রাখা থাকে। তার আগে আর কেউ পায় না।</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>যে কাজের সময় ফুরিয়েছে: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>দশটির মতো; নেটওয়ার্ক ছাড়াই করতে পারবেন।</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>লেখা</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>অর্থাৎ এক ঘণ্টার মধ্যে</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>এই পাসওয়ার্ডে ওয়ালেট খোলে না।</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>কতদূর, আস্থা পাতায় দেখা যায়।</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>যত পাঠাতে বলা হয়েছিল, অ্যাকাউন্টে তার চেয়ে কম GEM আছে।</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>পরিমাণ বদলে গেছে।</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>পরিমাণটি চ্যানেলে যত ধরে তার চেয়ে বেশি।</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>পরিমাণ শূন্য বা খুব বেশি।</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>শুধরানোর আগের উত্তর</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>উত্তর সম্পূর্ণ নয়</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>উত্তরে কাজের কর্মীর সই নেই।</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>যে উত্তর বাতিল হয়েছে</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>উত্তরটি সময়ের মধ্যে চেইনে রাখা হয়নি।</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>উত্তরে প্ল্যাটফর্মের সই ছিল না।</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>আপিলের প্যানেল বিচার করছে। আপনাকে কিছু করতে হবে না।</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>কাজের দায়িত্বে প্ল্যাটফর্মের সই নেই।</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>দণ্ডটি দেখায় এখন পর্যন্ত কমপক্ষে ও বড়জোর কতটা নিশ্চিত। প্রতিটি যাচাইয়ে এটি ছোট হয়।</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>বড় বোতামটি আপনাকে এগিয়ে নেয়: পরের কাজে, বা নতুন কাজে।</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>বিলে প্ল্যাটফর্মের সই নেই।</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>জামানত ও কাজের ঝুঁকির টাকা; বাতিল থাকে।</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>{amount} GEM জামানত হারাল।</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>জামানতের লক্ষ্য জমা হয়েছে।</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>আপনার রাখা জামানত</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>জামানত; বাতিল থাকে।</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>বাস আজও এক ঘণ্টা দেরিতে এল।</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>ক্যাম্পেইনে এমন রাউন্ড নেই।</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>ক্যাম্পেইন এখনো শেষ হয়নি।</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>এই যাচাইয়ের ক্যাম্পেইন এই কম্পিউটারে নেই।</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>এই কাজের ক্যাম্পেইন এই কম্পিউটারে নেই।</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>ক্যাম্পেইন অনেক বেশি পরে শেষ হতো।</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>ক্যাম্পেইন আগেই শেষ হয়ে যেত।</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>ক্যাম্পেইনের রাউন্ড, অডিটের সম্ভাবনা বা জরিমানা সম্ভব নয়।</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>ক্যাম্পেইন কন্ট্র্যাক্টের বিচারক অন্য।</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>ক্যাম্পেইনের একজন বিচারক লাগে।</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>কেসটি এই কাজের অন্য দায়িত্ব নিয়ে।</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>কেসটি {path}-এ লেখা হয়েছে</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>এই মুহূর্তে চেইনকে জিজ্ঞেস করা যাচ্ছে না।</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>চেইনে এর বদলে অন্য রায় আছে।</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>এই ক্যাম্পেইনের জন্য চেইনে টাকা নেই।</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>চেইন এমন কোনো চ্যানেল চেনে না।</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>চেইন নোড লেনদেনটি নেয়নি: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>চেইন নোডগুলো আধা ঘণ্টার মধ্যের কিছু দেখায় না: তারা চেইনের সঙ্গে চলা থামিয়েছে।</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>টাকা নিয়ে চেইন ও প্ল্যাটফর্ম আলাদা কথা বলে: নিচে দেখুন।</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>চ্যানেল বন্ধ হচ্ছে বা বন্ধ।</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>চ্যানেল বন্ধ করা হচ্ছে না।</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>চ্যানেল জমা হয়নি।</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>পরীক্ষাগুলোই চলেনি।</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>তোলার অনুরোধ আপনার দেওয়া সময়ের পরে এসেছে।</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>তোলার অনুরোধ গৃহীত হয়নি।</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>এই কম্পিউটারের ঘড়ি ভুল।</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>মনে হচ্ছে এই কম্পিউটারের ঘড়ি ভুল।</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>বন্ধ করার অনুরোধ আগেই গেছে।</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>বন্ধ করার অনুরোধ রিলেয়ারকে দেওয়া হয়েছে। চেইনের জবাব একটু পরেই আসে।</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>চ্যানেলের বন্ধ হওয়া এখনো শেষ করা যায় না।</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>আপনার চ্যানেলের বন্ধ হওয়া এক দিন আগেই শেষ হতে পারত, প্ল্যাটফর্ম শেষ করেনি।</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>আপনি চ্যানেল বন্ধ করতে বলেছিলেন, তা করা হয়নি।</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>বন্ধক আগে থেকেই বেরোনোর পথে।</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>কন্ট্র্যাক্ট এটি আপনার ওয়ালেটে দিয়েছে।</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>কন্ট্র্যাক্ট আপনার জামানত আপনার জন্য রাখে। শেষ করার কোনো শেষ দিন নেই, আর কেউ এটি নিতে পারে না।</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>কন্ট্র্যাক্ট অ্যাকাউন্ট থেকে এত GEM নিতে পারে না।</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>কন্ট্র্যাক্ট কারণ না বলে ফিরিয়ে দিয়েছে: কোনো সংখ্যা মেলে না, বা গ্যাস কম ছিল।</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>কন্ট্র্যাক্ট ফিরিয়ে দিয়েছে: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>কন্ট্র্যাক্ট আজ এই ক্যাম্পেইনের আর মেটায় না।</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>কপিটি {day} তারিখের। এরপর নতুন ভার্সনে লেখা এন্ট্রি: {count}।</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>ডেটাবেস পড়া যাচ্ছে না।</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>ডেটাবেস নষ্ট।</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>ডেটাবেস ঠিক আছে: উত্তর {answers}টি, এখনো পাঠানো হয়নি {unsent}টি।</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>এই প্রোফাইলের ডেটাবেস নষ্ট ছিল।</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>ডেটাবেসটি Gems-এর আরও নতুন ভার্সনে লেখা।</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>এই কম্পিউটারের তারিখ ভুল।</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>আপনার উত্তর নিয়ে সিদ্ধান্ত: গৃহীত, বা কারণসহ বাতিল।</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>বেরোনোর অপেক্ষার সময় এখনো শেষ হয়নি।</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>নেটওয়ার্কের বিবরণ ব্যবহার করা যায় না।</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>ডিস্ক ভরা, তাই এটি সেভ করা যায়নি।</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>ডিস্ক ভরা।</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>নথিতে এমন পাতা নেই।</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>নথিটি পাসওয়ার্ডে লক করা।</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>ডাউনলোড যেকোনো সময় থামানো ও আবার চালানো যায়। এর মধ্যে কাজ চালিয়ে যান।</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>লটারি এই কম্পিউটারে আবার হিসাব করা হয়েছে।</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>এই রায়ের জন্য এস্ক্রোতে টাকা কম।</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>প্রমাণ {path}-এ লেখা হয়েছে</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>যত কম তত ভালো: যা চাওয়া হয়েছিল তা ধরে বিচার করুন।</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>ফাইল পড়া যাচ্ছে না।</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>সেখানে ফাইল লেখা যাচ্ছে না।</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>ফাইল খোলা যায়নি।</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>ফাইল লেখা যায়নি।</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>ফাইল নষ্ট।</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>ফাইলটি এখনো এই কম্পিউটারে নেই।</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>ফাইলটি এত বড় যে নিরাপদে খোলা যায় না।</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>ডিস্কের ফাইলটি এই কাজের নয়।</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>এইমাত্র যে পাসওয়ার্ড লিখলেন তাতে ফাইলটি খোলে।</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>যে ফাইলে ওয়ালেট থাকে তা নষ্ট।</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>যে ফাইলে আপনার ওয়ালেট থাকে তা নষ্ট।</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>ফাইল খুলতে খুব বেশি সময় লেগেছে।</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>এই প্রোফাইলের ফাইল পড়া বা লেখা যাচ্ছে না।</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>প্রথমটি: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>প্রথম অভিযোগটিই বহাল।</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>টাকার কথা বিশ্বাস করার আগে প্রথম দুটি মেলানো হয়।</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>চারটি সংখ্যা বলে কত আয় করেছেন, কত তুলতে পারেন, কত যাচাইয়ে আছে আর কত পাঠানোর অপেক্ষায়।</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>আপনার জন্য সই করা সবচেয়ে বড়টি গোনা হয় ও এখানে রাখা হয়। এর দুটি সই তা প্রমাণ করে।</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>প্ল্যাটফর্ম যে চাবি দিয়ে সই করে তা চেইনে তার নামে নিবন্ধিত নয়।</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>যে চাবি দিয়ে সই হয়েছে তা এই প্ল্যাটফর্মের নামে চেইনে নিবন্ধিত নয়।</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>চাবি {path}-এ লেখা হয়েছে</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>লেবেল ভুল</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>শেষের তালিকা বলে প্রতিটি টাকা কেন এল বা গেল।</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>চ্যানেল ও পরিমাণের তালিকা সমান লম্বা নয়।</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>স্থানীয় অনুশীলন নেটওয়ার্ক চালু হয়নি।</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>লটারিতে আপনার উত্তর ওঠেনি, তাই কেউ যাচাই করে না: এটি গৃহীত।</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>টাকা এখনো চেইনে মিলিয়ে দেখা হয়নি।</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>যে টাকায় আপনাকে দেওয়া হয়। এক GEM-এর অনেক ছোট ভাগ আছে, যাতে ছোট কাজেরও টাকা দেওয়া যায়।</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>এই এস্ক্রোর টাকা আগে থেকেই বেরোনোর পথে।</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>এই কম্পিউটার চেইনে টাকা মিলিয়ে দেখেছে।</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>নেটওয়ার্ক আগে নিজের সাইন-ইন চায়।</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>এখন থেকে নতুন পাসওয়ার্ড চলবে।</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>নতুন ভার্সন লেখা যায়নি: ডিস্ক ভরা, বা সেখানে লেখার অনুমতি নেই।</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>নতুন ভার্সন চালু হয় পরের বার Gems খুললে, কখনো আপনার কাজের মাঝখানে নয়।</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>নতুন ভার্সন চালু হবে পরের বার Gems খুললে। আপনি যা করছেন তাতে কোনো বাধা পড়ে না।</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>সবচেয়ে নতুন ব্যাকআপ পড়া যাচ্ছে না।</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>সবচেয়ে নতুন, {time} থেকে</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>পরের গ্রেড {grade} এখনো অনেক দূরে।</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>পরিচালক আপনার আপিলের উত্তর দিয়েছেন, বাদ পড়া বহাল। আপনি আবার লিখতে পারেন।</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>অন্য যাচাইকারীরা আপনার সঙ্গে একমত।</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>অন্য যাচাইকারীরা অন্য রায় দিয়েছেন, তাই এই যাচাইয়ের টাকা দেওয়া হয় না।</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>প্যানেলে এমন আসন নেই।</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>প্যানেল ঠিকানার ক্রমে নেই।</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>প্যানেলে প্ল্যাটফর্মের সই নেই।</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>Gems-এর যে অংশ আপনার চাবি রাখে তা থেমে গেছে।</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>পাসওয়ার্ড খালি।</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>পাসওয়ার্ড খুব ছোট।</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>টাকা দেওয়ায় ক্যাম্পেইনের কাজদাতার সই নেই।</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>এই বিলের টাকা ভাঙানো হয়নি।</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>GEM নেওয়ার অনুমতি দেরিতে এসেছে।</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>ছবি খোলা যায়নি।</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>ছবি নষ্ট।</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>ছবিটি এখনো এই কম্পিউটারে নেই।</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>ছবিটি এত বড় যে নিরাপদে দেখানো যায় না।</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>ডিস্কের ছবিটি এই কাজের নয়।</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>ছবি খুলতে খুব বেশি সময় লেগেছে।</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>প্ল্যাটফর্ম তার চাবি দিয়ে সই করে {milliseconds} ms-এ সাড়া দেয়।</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>প্ল্যাটফর্ম ব্যাকআপ থেকে ফিরেছে, আপনার সবচেয়ে নতুন ভাউচার এখনো তার কাছে নেই।</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>প্ল্যাটফর্মে পৌঁছানো যাচ্ছে না।</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>প্ল্যাটফর্ম তার মিডিয়া ফাইলে পৌঁছাতে পারছে না।</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>প্ল্যাটফর্ম তার তথ্যভান্ডারে পৌঁছাতে পারছে না।</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>প্ল্যাটফর্ম চেইনে পৌঁছাতে পারছে না।</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>প্ল্যাটফর্ম আপনার চ্যানেল বন্ধ করছে</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>যা পাঠানো হয়েছে প্ল্যাটফর্ম তা পড়তে পারেনি।</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>প্ল্যাটফর্ম এমন রায় গোনে যা প্রমাণ না টেকায় এই কম্পিউটার মানেনি। প্রতিবার চালুর সময় এগুলো আবার দেখা হয়; এমনই থাকলে সংখ্যাগুলো প্ল্যাটফর্মকে দেখান। না মানা রায়: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>প্ল্যাটফর্ম আপনার রেকর্ড এই কম্পিউটার থেকে আলাদা গোনে, তাই তার আয় ও অডিটের সম্ভাবনা আপনার হতো না। পরপর পাস করা অডিট, এই ধরনের ঠিক কাজ ও এই ধরনের যাচাই হওয়া কাজ, তার হিসাবে ও এই কম্পিউটারের হিসাবে: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>প্ল্যাটফর্ম অডিটে পাস গোনে {theirs}, এই কম্পিউটার {ours}।</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>প্ল্যাটফর্ম যাচাই হওয়া কাজ গোনে {theirs}, এই কম্পিউটার {ours}।</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>প্ল্যাটফর্ম ঠিক উত্তর গোনে {theirs}, এই কম্পিউটার {ours}।</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>প্ল্যাটফর্ম সাইন-ইন গ্রহণ করেনি।</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>প্ল্যাটফর্ম এটি নেয়নি</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>প্ল্যাটফর্ম এটি নেয়নি।</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>প্ল্যাটফর্ম এটি নেয়নি। এর জন্য যা ছেড়েছিলেন তা আবার আপনার।</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>প্ল্যাটফর্ম আপনার আপিল নেয়নি: দেরিতে এসেছে।</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>প্ল্যাটফর্ম আপনার আপিল নেয়নি; বাতিল থাকে।</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>প্ল্যাটফর্ম আপনার অ্যাকাউন্টকে এটি করতে দেয় না।</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>প্ল্যাটফর্মে এটি আর নেই।</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>প্ল্যাটফর্মে এই ক্যাম্পেইন নেই।</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>প্ল্যাটফর্ম আপনার কাজ নিচ্ছে না। সময় শেষ হওয়ার আগে চেইনে দেখালে এটি জমা হিসেবে গোনা হয়; রায় না এলে কন্ট্র্যাক্ট প্ল্যাটফর্মের বন্ধক থেকে আপনাকে টাকা দিতে পারে।</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>প্ল্যাটফর্ম এখন আর কাজ দিচ্ছে না।</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>প্ল্যাটফর্ম আপনাকে গ্রেড দেয় {theirs}, এই কম্পিউটার হিসাবে পায় {ours}।</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>প্ল্যাটফর্ম আপনাকে আর কাজ দেয় না। আপনি যা লেখেন তা প্ল্যাটফর্মের একজন মানুষ পড়েন।</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>প্ল্যাটফর্ম তার সবচেয়ে নতুন রেকর্ড হারিয়েছিল। আপনার ভাউচার ও কাজ তাকে আবার দেওয়া হয়েছে।</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>প্ল্যাটফর্ম জানিয়েছে সে তার বন্ধক ফেরত নিচ্ছে।</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>প্ল্যাটফর্ম এটি পেয়েছে, অন্য যাচাইকারীদের জিজ্ঞেস করছে।</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>প্ল্যাটফর্ম তার সবচেয়ে নতুন রেকর্ড হারিয়েছে এবং আপনার ভাউচার ফেরত নেয়নি।</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>এই টাকা দেওয়ার মতো বন্ধক প্ল্যাটফর্মের নেই।</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>প্ল্যাটফর্ম তার কাজ করেনি। আপনি এটি কন্ট্র্যাক্টে নিয়ে যেতে পারেন।</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>আপনার সই করা জামানতের একটি ধাপের টাকা প্ল্যাটফর্ম দেয়নি।</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>প্ল্যাটফর্মের কাছে আপনার জন্য নতুন কিছু নেই।</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>প্ল্যাটফর্মে এর শুধু একটি অংশ আছে।</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>প্ল্যাটফর্ম চেইনকে দেখিয়েছে যে এই কাজের কিছু দেনা নেই।</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>প্ল্যাটফর্ম এর জন্য সই করেছে</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>আপনার কাজ পেয়েছে বলে প্ল্যাটফর্ম সই করেছে, কিন্তু রায় আনেনি। কন্ট্র্যাক্ট প্ল্যাটফর্মের বন্ধক থেকে আপনাকে টাকা দিতে পারে।</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>প্ল্যাটফর্ম আপনার আপিল পেয়েছে; অন্য যাচাইকারীরা আবার বিচার করবেন।</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>প্ল্যাটফর্ম আপনার চ্যানেল বন্ধ করছে, আর তার রিলেয়ার আপনার তোলার অনুরোধ নিচ্ছে না।</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>প্ল্যাটফর্ম আপনার পেমেন্ট চ্যানেল বন্ধ করছে।</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>প্ল্যাটফর্ম তার বন্ধক ফেরত নিচ্ছে, তাই তার কাজে টাকা ঝুঁকিতে রাখা হয় না।</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>প্ল্যাটফর্ম ক্যাম্পেইনের টাকা থেকে মোট নিতে পারে: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>প্ল্যাটফর্মের নিজের একটি ত্রুটি হয়েছে।</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>ক্যাম্পেইন যে আয় বা ঝুঁকির টাকার কথা দেয়, প্ল্যাটফর্ম যাচাইয়ে তা থেকে আলাদা দিচ্ছে।</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>ক্যাম্পেইন যে আয়, ঝুঁকির টাকা বা অডিটের সম্ভাবনার কথা দেয়, প্ল্যাটফর্ম কাজে তা থেকে আলাদা দিচ্ছে।</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>প্ল্যাটফর্ম {time}-এর মধ্যে খোলে।</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>প্ল্যাটফর্ম আপনাকে একই টাকা দেবে, তোলার জন্য তৈরি। সে সাড়া না দিলে এই ধাপটুকুই আপনি হারাতে পারেন।</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>প্ল্যাটফর্ম এটি ফিরিয়ে দিয়েছে।</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>প্ল্যাটফর্ম বলে আপনি যত টাকা ঝুঁকিতে রেখেছেন তা এই কম্পিউটারের জানার চেয়ে বেশি।</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>প্ল্যাটফর্ম বলে {theirs}; সই করা ফল দেয় {ours}।</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>প্ল্যাটফর্ম যে ভাউচার দেখায় তা তার প্রকাশ করাটির চেয়ে কম।</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>প্ল্যাটফর্ম সই করেছে যে আপনার উত্তর তার কাছে আছে।</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>প্ল্যাটফর্ম একই নম্বরে দুটি আলাদা ভাউচার সই করেছে।</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>প্ল্যাটফর্ম আপনার আয়ে সই করেছে</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>এই দাবির জবাব দিতে প্ল্যাটফর্মের এখনো সময় আছে।</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>জবাব দিতে প্ল্যাটফর্মের এখনো সময় আছে।</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>প্ল্যাটফর্মের এখনো সময় আছে, {time} পর্যন্ত। তারপর আনা যায়।</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>প্ল্যাটফর্ম অন্যভাবে আপলোড নেয়।</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>প্ল্যাটফর্ম যে কাজের টাকা আপনাকে দিয়েছে, সেগুলো ছাড়ার অপেক্ষায় আছে।</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>প্ল্যাটফর্ম চায় আপনি আবার সাইন-ইন করুন।</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>প্ল্যাটফর্মের দিনের ভাউচার ফাইলে আগে আপনার জন্য সই করাটির চেয়ে কম দেখায়।</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>বহন ফাইলের জন্য প্ল্যাটফর্মের চাবি এখানে নেই।</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>বহন ফাইলের জন্য প্ল্যাটফর্মের চাবি বেশি পুরোনো।</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>প্ল্যাটফর্মের চাবি এখনো এখানে নেই। এই কম্পিউটারে একবার এক মিনিটের জন্য নেটওয়ার্ক দিন।</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>প্ল্যাটফর্মের চাবি চেইনে নিবন্ধিত নয়, তাই তার কাজে টাকা ঝুঁকিতে রাখা হয় না।</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>আপনার সব পাওনার জন্য প্ল্যাটফর্মের সই। যা-ই হোক, এটি থাকলে চেইন আপনাকে টাকা দেয়।</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>আসার সময়ই প্ল্যাটফর্মের সই এই কম্পিউটারে যাচাই হয়েছে।</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>যে প্রসেস ছবি খোলে তা চালু হচ্ছে না।</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>প্রোফাইলটি Gems-এর অন্য জানালায় খোলা।</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>প্রোফাইল {profile} এখনো এই কম্পিউটারে নেই।</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>প্রোফাইল {profile} আছে।</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>প্রোফাইলের ফোল্ডারে লেখা যাচ্ছে না।</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>রসিদে প্ল্যাটফর্মের সই নেই।</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>রেকর্ডিং বা ভিডিওটি যেভাবে বানানো, এখানে তার অনুমতি নেই।</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>রেকর্ডিং, ভিডিও বা নথি এত লম্বা যে নিরাপদে খোলা যায় না।</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>ফিরিয়ে দেওয়া অনুরোধে কিছু বদলায়নি, GEM নড়েনি।</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>ফিরিয়ে দেওয়া অনুরোধে কিছু বদলায়নি। এস্ক্রোতে যা আছে সেখানেই থাকে।</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>ফিরিয়ে দেওয়া অনুরোধে কিছু বদলায়নি। আপনার প্রমাণ রাখা আছে, আবার আনা যায়।</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>ফিরিয়ে দেওয়া অনুরোধে কিছু বদলায়নি। আপনার ভাউচার এই কম্পিউটারে আছে।</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>বাতিল এখন চূড়ান্ত। আপনার {amount} GEM ঝুঁকির টাকা গেছে।</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>রিলেয়ারের ফি তোলা টাকার চেয়ে বেশি।</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>কাজ ছাড়ায় কর্মীর সই নেই।</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>রিপোর্ট সেভ করা যায়নি: ডিস্ক ভরা বা তাতে লেখা যায় না।</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>কাজদাতা</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>কাজদাতা আপত্তি করেছেন।</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>কাজদাতার চলে যাওয়ার সময় হয়েছে: নতুন রায় নেই।</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>পারিশ্রমিক শর্তের চেয়ে বেশি।</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>পারিশ্রমিক আবার করার সীমার বেশি নয়।</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>কাজের পারিশ্রমিক; জামানত ও ঝুঁকির টাকা ফেরে, বাতিল গোনা হয় না।</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>কাজের পারিশ্রমিক; ঝুঁকির টাকা ফেরে, বাতিল গোনা হয় না।</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>নিয়ম: কোন উত্তর ঠিক তা যথেষ্ট নিশ্চিত না হওয়া পর্যন্ত অন্যরা একই কাজ করেন।</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>নিয়ম: দুজন অচেনা লোক এটি দেখেন। দুজনেই খারাপ বললে তবেই টাকার এক ভাগ ফেরত যায়।</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>নিয়ম: {n} জনের মধ্যে {k} জন যাচাইকারীকে একমত হতে হয়।</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>স্কোর {first} থেকে {last} হয়েছে।</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>পর্দা নিজে এই বোতাম ব্যবহার করে। অক্ষর, অঙ্ক বা চিহ্ন চাপুন।</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>দোকান নয়টায় খোলে।</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>GEM যে অ্যাকাউন্টের, সই তার নয়।</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>সই করা টাকা দেরিতে এসেছে।</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>সই করা টাকা এখনো চালু হয়নি।</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>সই করা ভোটগুলো এখন আবার পড়া গেল না। আসার সময়ই যাচাই হয়েছিল।</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>একটি দরের উৎসের শুরুতে বা শেষে ফাঁকা জায়গা আছে।</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>একটি দরের উৎস বড়জোর 80 অক্ষরের এক লাইন সাধারণ লেখা নয়।</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>কাজের ঝুঁকির টাকা, যা দ্বিতীয় চেষ্টায় বাঁচত; বাতিল থাকে।</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>আপনার রাখা ঝুঁকির টাকা</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>ঝুঁকির টাকা গৃহীত হয়নি।</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>ঝুঁকির টাকায় চ্যানেলের কর্মীর সই নেই।</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>সিস্টেমের কিরিং ওয়ালেটের চাবি রাখতে পারে।</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>রায় ছাড়াই কাজ শেষ হয়েছে, তাই আপনার রাখা টাকা ফিরেছে।</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>সই করা বিলে এই কাজ নেই।</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>শর্তে প্যানেলের অর্ধেকের কম ভোট চায়।</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>শর্তে প্যানেলে যত আছে তার চেয়ে বেশি ভোট চায়।</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>শর্তে আবার করার জন্য 30 দিনের বেশি দেয়।</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>শর্তে প্ল্যাটফর্মের নাম নেই, বা এমন যা হতে পারে না।</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>শর্তে কাজদাতার নাম নেই, বা এমন যা হতে পারে না।</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>শর্তে কাজের কোনো টাকা নেই।</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>শর্তে পারিশ্রমিকের ভাগ সীমার বাইরে।</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>আপিলের সময় এখনো শেষ হয়নি।</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>আপিলের সময় সীমার বাইরে।</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>আপিলের সময় শেষ।</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>এর সময় শেষ হয়ে গেছে</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>এর সময় শেষ।</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>এর প্রথম কাজের সময় আগেই শেষ।</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>আপিল করার সময় শেষ।</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>কেউ না পেলে টোকেন বানানো যায় না।</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>টোকেন GEM সরায়নি।</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>পাঠানো গৃহীত হয়নি।</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>দুটি বার্তা একে অন্যের উল্টো নয়।</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>কেসের দুই অংশ আলাদা কাজ নিয়ে।</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>দুটি পাসওয়ার্ড এক নয়।</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>আপডেটটি ইনস্টল হয়নি।</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>রায় ও তার ভোটে সই আছে। এই কম্পিউটার প্রতিটি সই যাচাই করে অঙ্কটি নিজে গুনেছে।</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>যাচাইকারীদের উত্তরই কাজের উত্তর; দ্বিতীয় চেষ্টা নেই।</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>যে ভার্সন ইনস্টল করা আছে তা চলতে থাকে। আপনার ওয়ালেট ও কাজে হাত দেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>ভোটগুলো আসনের ক্রমে নেই।</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>ভাউচারে এমন কিছু নেই যা আগে তোলা হয়নি।</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>ভাউচার এই কম্পিউটারে রাখা আছে।</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>ভাউচারে এই চ্যানেলের চাবির সই নেই।</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>অপেক্ষা শেষ। কেউ বললেই কন্ট্র্যাক্ট টাকা দেয়।</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>ওয়ালেট লক করা।</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>বন্ধক বের করা শুরু হয়নি।</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>এই এস্ক্রো থেকে বের করা শুরু হয়নি।</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>কাজের কর্মী নিজেই প্যানেলে বসেছেন।</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>এতে আপনার ঝুঁকিতে রাখা {amount} GEM হারাতে পারে।</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>তারপর “কাজ খুঁজুন” খুলে আপনার প্রথম কাজ নিন।</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>তারপর অন্যদের রায় আসে; যথেষ্ট লোক একমত হলেই আপনার আয় যোগ হয়।</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>রায়ে যত লাগে তার চেয়ে কম ভোট আছে।</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>আরও খবর আছে; পেতে আরেকটি ফাইল লিখুন</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>ফাইলে চলন্ত ছবি নেই।</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>উত্তর নেই এমন কাজে ভোট আছে।</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>এই নামে একটি প্রোফাইল আছে।</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>আঁকার জন্য পর্দা আছে।</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>ওয়ালেট আছে, কিন্তু এর সিড শব্দ কখনো আবার লিখে দেখা হয়নি।</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>ওয়ালেট আছে; এর শব্দ লিখে রাখা ও আবার লিখে দেখা হয়েছে।</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>চ্যানেলে রিলেয়ারের ফির চেয়ে কম আছে।</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>ফাইলে শব্দও নেই, ছবিও নেই।</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>এখনো ডেটাবেসের ব্যাকআপ নেই।</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>দেওয়া ঠিকানায় ক্যাম্পেইন কন্ট্র্যাক্ট নেই।</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>এখানে আপডেটের আগের কোনো কপি নেই।</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>এখনো ডেটাবেস নেই।</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>এই কাজের শেষ রায় এখানে নেই।</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>আপিল করার মতো আর রাউন্ড নেই।</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>নিরাপদে ব্যবহারের মতো কিরিং নেই।</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>সেখানে আরও নতুন ভাউচার নেই; আপনারটিই সবচেয়ে নতুন।</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>কিছু সরানোর মতো খোলা পেমেন্ট চ্যানেল নেই।</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>এখনো পেমেন্ট চ্যানেল নেই।</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>এই কাজদাতার রিপোর্ট নেই।</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>ফাইলের জন্য জায়গা নেই।</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>আঁকার জন্য পর্দা নেই।</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>ফাইলে শব্দ নেই।</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>ভাউচারের ফাইলের জন্য এমন ফোল্ডার নেই।</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>ভিডিওতে এমন ছবি নেই।</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>এই কম্পিউটারে এমন প্রোফাইল নেই।</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>দেওয়া ঠিকানায় টোকেন নেই।</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>আপনার অপেক্ষায় থাকা কোনো রায় এখানে নেই।</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>আপিল করতে পারেন এমন রায় এখানে নেই।</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>আপিল করার মতো রায় নেই।</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>এখনো ভাউচার নেই।</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>এখানে এখনো ওয়ালেট নেই।</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>এখনো ওয়ালেট নেই।</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>এখন এই ধরনের কাজ নেই।</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>আপনার জামানতে এত খালি নেই।</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>কন্ট্র্যাক্ট টাকা দেবে এমন কিছু এখানে নেই: টাকা দেওয়া হয়েছে, বা প্ল্যাটফর্মের এখনো সময় আছে।</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>এর জন্য কন্ট্র্যাক্ট টাকা দেবে এমন কিছু এখনো নেই।</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>রিলেয়ারের ফি পোষায় এমন তোলার মতো কিছু এখনো নেই।</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>এই কাজের জন্য ডিস্কে জায়গা কম।</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>ডিস্কে জায়গা কম।</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>ডিস্কে জায়গা কম: আরও {size} লাগবে।</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>সংযোগ ছিল না।</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>ক্যাম্পেইনে যত কাজ থাকতে পারে এ তার চেয়ে বেশি।</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>এগুলো আপনার নতুন ওয়ালেটের শব্দ নয়।</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>এগুলো নতুন কর্মীর সংখ্যা; আপনার কাজ যাচাই হলে বদলায়।</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>এই জায়গাগুলোয় তালিকার শব্দ নেই: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>এগুলোয় সই আছে, সংযোগ পেলেই চলে যায়।</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>নিজেদের উত্তর দেওয়ার আগে তাঁরা আপনার উত্তর দেখেননি।</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>তাঁরা লিখেছেন:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>এই ঠিকানা আপনার ঠিকানার বইয়ে নেই।</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>এই অঙ্ক দুভাবে পড়া যায়।</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>এই উত্তর আগেই আউটবক্স ছেড়েছে।</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>এই উত্তর এখনো সম্পূর্ণ নয়: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>এই উত্তর আগেই গৃহীত; কাজদাতা আবার দেখতে আপনাকে টাকা দিচ্ছেন।</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>এই ক্যাম্পেইনে অনুশীলন সেট নেই।</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>এই ক্যাম্পেইন শুধু গ্রেড A-এর জন্য।</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>এই ক্যাম্পেইন গ্রেড B ও তার ওপরের জন্য।</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>এই ক্যাম্পেইন গ্রেড C ও তার ওপরের জন্য।</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>এই ক্যাম্পেইন শেষ।</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>এই বহন ফাইল অন্য প্ল্যাটফর্মের জন্য সিল করা, বা অনেক আগের।</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>এই কম্পিউটার নিজেই আপনার পাওনা যোগ করে, তার চেয়ে কমের ভাউচার নেয় না।</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>এই কম্পিউটারে নিরাপদ কিরিং নেই, বা তা বন্ধ।</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>এই কম্পিউটার এটি চেইনে দেখেছে।</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>এই কম্পিউটারের ঘড়ি প্ল্যাটফর্মের সঙ্গে মেলে।</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>এই কম্পিউটারের ঘড়ি প্ল্যাটফর্মের থেকে {minutes} মিনিট আলাদা।</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>এই গরমিল আগেই প্রমাণ হয়েছে।</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>এই কপিটি আপডেট ছাড়া তৈরি।</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>এই ফাইলে ভাউচার নেই।</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>এটি বহন ফাইল, তার জবাব নয়।</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>এটি জবাব, পাঠানোর ফাইল নয়।</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>এটি প্ল্যাটফর্মের পরিচালকের জন্য: আগে বন্ধক দেখুন।</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>বিজ্ঞপ্তি দেখতে এমন</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>ক্যাম্পেইনে যত GEM থাকতে পারে এ তার চেয়ে বেশি।</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>না জিজ্ঞেস করে দিনে যত বেরোতে পারে এ তার চেয়ে বেশি: {limit} GEM, তার {spent} GEM আজ খরচ হয়েছে।</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>এটি ঠিকানা নয়, বা একটি অক্ষর ভুল।</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>এটি বহন ফাইল নয়, বা কেটে গেছে।</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>ঠিকানা ঠিক নয়: একটি অক্ষর বা অঙ্ক ভুল, বাদ বা বেশি আছে।</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>এটি Gems খুলতে পারে এমন কীস্টোর ফাইল নয়।</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>এটি অনুমতি পাওয়া ধরনের ছবি নয় (PNG, JPEG বা WebP)।</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>এটি গোপন চাবি নয়: চাবিতে 0 থেকে 9 ও a থেকে f-এর 64টি অঙ্ক থাকে।</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>এটি অনুমতি পাওয়া ধরনের রেকর্ডিং, ভিডিও বা নথি নয় (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF)।</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>এটি GEM-এর পরিমাণ নয়।</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>এটি আবার করার আগের চেষ্টা নয়।</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>এটি কোনো মুদ্রার কোড নয়।</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>এটি এক GEM-এর দাম নয়।</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>এটিই সবচেয়ে নতুন ভার্সন।</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>এটি আপনার নিজের ক্যাম্পেইন।</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>এই চাবি প্ল্যাটফর্মের নামে নিবন্ধিত নয়।</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>এতগুলো যাচাই জমা হচ্ছে, সিল করা {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>এতগুলো কাজ জমা হচ্ছে, সিল করা {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>এতগুলো কাজ ছাড়া হচ্ছে, সিল করা {time}: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>এতে কোনো টাকা নড়ে না।</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>এই নেটওয়ার্কে মেগাবাইট গোনা হয়, আর আপনি তা অন্য কাজে রাখেন।</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>এই নোডকে আর জিজ্ঞেস করা হয় না: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>এই বিকল্পের বোতাম থাকতে পারে না।</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>এই প্রোফাইলে আগে থেকেই ওয়ালেট আছে।</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>এই প্রোগ্রাম নিজেকে আপডেট করতে পারে না: এর ফোল্ডারে লেখা যায় না।</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>এই জবাব অন্য কারও ফাইলের, বা আপনার অনেক আগের লেখা ফাইলের।</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>এই জবাব পথে বদলে বা নষ্ট হয়ে গেছে, তাই মানা হয়নি।</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>এই যাচাই কাজটি নিজে করেই হয়।</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>এই যাচাই আর খোলা নেই।</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>এই সই করা টাকা আগেই দেওয়া বা ফেরত নেওয়া হয়েছে।</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>এই কাজ আর ফেরত দেওয়া যায় না।</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>এই কাজ না দেখে যাচাই নয়।</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>এই কাজ এই কম্পিউটারে নেই।</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>এই কাজ আর খোলা নেই।</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>এই কাজ বদলানো যায় না।</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>এই কাজ আগেই গৃহীত, টাকাও দেওয়া হয়েছে।</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>এই কাজ আগেই চেইনে আনা হয়েছে।</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>এই কাজের টাকা আগাম দেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>এই ওয়ালেটে পাসওয়ার্ড নেই।</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>এটি আগেই অন্যভাবে করা হয়েছে।</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>ওয়ালেটের নিজের জানালায় এটি নিশ্চিত করা হয়নি।</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>এতে সই হয়নি: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>এই ওয়াচ-টাওয়ার আর কপি পায় না: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>ওয়ালেট রাখার এই উপায় অজানা।</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>এই কাজ নেওয়া হয়নি: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>যাঁরা যাচাই করেন তাঁরা নিজের উত্তর না দেওয়া পর্যন্ত আপনার উত্তর দেখেন না।</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>তিনটি উদাহরণ</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>সময়</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>একটি কাজের সময়</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>বাকি সময়</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>টাকা পেতে সময়</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>যে কাজে কিছু আসেনি তার সময়: ফেরত, বাতিল বা বাদ দেওয়া।</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>ডাউনলোড হবে</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>একটি কাজে ডাউনলোড</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>আপনার আয় চ্যানেল থেকে ওয়ালেটে আনা। তার পরেই অন্যকে পাঠাতে পারেন।</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>এই ঠিকানায়:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>আপনার ওয়ালেটে এখনই: {amount} GEM। রিলেয়ারের ফি {fee} GEM।</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>আজ</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>আজকের মেগাবাইট শেষ।</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>একসঙ্গে</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>আপনার যাচাই হওয়া উত্তরের খুব কম ঠিক, চালিয়ে যাওয়া যায় না।</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>কাজ কত ঘন ঘন বাতিল হয় তা বলার মতো বিচার এখনো হয়নি।</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>মাপার মতো কাজ এখনো হয়নি।</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>অল্প সময়ে অনেক বেশি অনুরোধ।</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>{n} বার চেষ্টা হয়েছে; আবার {time}।</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>{n} বার চেষ্টা হয়েছে; পরের সংযোগে আবার।</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>আস্থা</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>আস্থা স্কোর</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>এক মিনিট পরে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>পরে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>আবার চেষ্টা করুন। এমনই থাকলে অনুশীলন নেটওয়ার্ক নতুন করে শুরু করতে --fresh দিয়ে চালু করুন।</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>আবার চেষ্টা করুন; এমনই থাকলে কাজটি বিনা খরচে ফেরত দিন।</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>কাজটি আবার নেওয়ার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>বারোটি শব্দ</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>যে বারোটি শব্দ যেকোনো জায়গায় আপনার ওয়ালেট খোলে। যার কাছে এগুলো, টাকাও তার: কাউকে বলবেন না।</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>আরও দুজন যাচাইকারী খারাপ বলেছেন: পারিশ্রমিকের একটি অংশ কাজদাতার কাছে ফেরত গেছে।</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>আবার লিখুন; Caps Lock ও কিবোর্ড দেখুন। আপনার সিড শব্দ দিয়েও এটি ফেরে।</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>একই পাসওয়ার্ড দুবার লিখুন।</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>GRAM-এ কর্মীর ঝুঁকির টাকা জরিমানার সমান হতে হবে।</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>“পড়া”-তে ভাষা, অক্ষর ও রং বদলান।</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>“কাজ ও ডেটা”-য় বলুন প্রোগ্রাম দিনে কত মেগাবাইট খরচ করতে পারে।</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>প্রতিটি কাজের নিচে দেখবেন এরপর কী হবে আর কবে পর্যন্ত।</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>ওয়ালেট আবার আনলক করুন; তাতে না হলে Gems আবার চালু করুন।</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>ওয়ালেট আনলক করে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>বিনা পয়সার সময়</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>নিবন্ধন না হওয়া পর্যন্ত Gems তার কাজে টাকা ঝুঁকিতে রাখে না: কোনো কন্ট্র্যাক্ট আপনার কেস শুনত না।</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>ততক্ষণের মধ্যে আপনার উত্তর পাঠাতে হবে। তার পরে কাজটি অন্য কেউ পান।</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>এটি শেষ না হওয়া পর্যন্ত Gems তার কাজে টাকা ঝুঁকিতে রাখে না।</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>এই সময় পর্যন্ত আপনি বা অন্য পক্ষ আপত্তি করতে পারেন। তার পরে রায় পাকা।</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>Gems আপডেট করে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>Gems আপডেট করুন। আবার হলে সেটিংসে রিপোর্ট সেভ করে আমাদের জানান।</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>সেটিংসে অন্য চেইন নোড ব্যবহার করুন।</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>সেটিংসে অন্য চেইন নোড ব্যবহার করুন, বা মেলাতে দ্বিতীয় একটি যোগ করুন।</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>অন্য ওয়ালেটের জন্য অন্য প্রোফাইল ব্যবহার করুন।</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>অন্য চেইন নোড ব্যবহার করুন: সেটিংসে তাদের ঠিকানা দিন।</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>যে চাবি দিয়ে ক্যাম্পেইন বানানো তা ব্যবহার করুন।</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>প্যাকেজ করা অ্যাপ, বা Python 3.11 থেকে 3.13 ব্যবহার করুন।</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>আগে থেকে খোলা জানালা ব্যবহার করুন, বা আগে সেটি বন্ধ করুন।</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>তাদের চাবি ব্যবহার করুন।</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>ব্যবহার হয়েছে {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>সাধারণত টাকা দেয় এর মধ্যে</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>রায়</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>যাচাইকারী</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>যাচাইকারীরা {time}-এর মধ্যে সিদ্ধান্ত নেবেন।</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>এবার যাচাইকারীরা সিদ্ধান্ত নেবেন। আপনাকে কিছু করতে হবে না।</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>যাচাইকারীরা বিচার করেছেন, কিন্তু প্ল্যাটফর্ম আপনাকে টাকা দেয়নি। কন্ট্র্যাক্ট ক্যাম্পেইনের এস্ক্রো থেকে আপনাকে টাকা দিতে পারে।</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>ভার্সন {new} দুইবার চালু হয়নি, তাই আবার {old} চলছে।</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>ভার্সন {version} ডাউনলোড করা যায়।</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>ভার্সন {version} ডাউনলোড হচ্ছে।</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>ভার্সন {version} তৈরি।</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>পাকা কর্মী</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>ভিডিও</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>হিংসা</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>ভাউচার</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>{time}-এর ভাউচার {n} এর টাকা দেয়। তাতে মোট {paid} GEM তোলার জন্য আর {bonded} GEM জামানতের জন্য।</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>একটু অপেক্ষা করুন; Gems আবার চেষ্টা করে।</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>আর বদলাবে না, ততক্ষণ অপেক্ষা করুন।</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>পৌঁছানো পর্যন্ত অপেক্ষা করুন।</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>শেষ হওয়া পর্যন্ত অপেক্ষা করুন।</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>হয়ে যাওয়া পর্যন্ত অপেক্ষা করুন।</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>শেষ হওয়া পর্যন্ত অপেক্ষা করে আবার চেষ্টা করুন।</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>চেইনে দেখা যাওয়া পর্যন্ত অপেক্ষা করুন।</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>রায় পাকা হওয়া পর্যন্ত অপেক্ষা করে বেরোনো শেষ করুন।</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>অপেক্ষা করে আবার পাসওয়ার্ড লিখুন। আপনার সিড শব্দ দিয়েও এটি ফেরে।</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>পরের সংযোগের অপেক্ষায়</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>ওয়ালেট</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>ওয়াচ-টাওয়ার</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>{day} থেকে সপ্তাহ: {had}টি অডিট, প্রত্যাশিত {expected}</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>ফেরত গেছে: দুজন কাজটি খারাপ বলেছেন</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>কী সুন্দর একটা দিন কাটল!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>বাতিল উত্তরে পারিশ্রমিক ছাড়া আর কত যায়। তা কখনো ঝুঁকির টাকার বেশি নয়।</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>কাজের টাকা দিতে কাজদাতা যা জমা রেখেছেন। কাজ খোলা থাকতে তিনি তা তুলে নিতে পারেন না।</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>যা সাড়া দিচ্ছে তা এই নেটওয়ার্কের প্ল্যাটফর্ম নয়।</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>যা ধরে না তা পরের ফাইলে যায়: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>লেখকের মনে কী চলছে?</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>জামানত ছেড়ে যা গেছে তা আর ঝুঁকির টাকা নয়।</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>জমা দেওয়ার পর আর বদলানো যায় না। এতে কোনো টাকা নড়ে না।</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>যার প্রমাণ নেই তা নেওয়া হয়নি। যা সই করা তা ফিরেছে, আর আপনার টাকা সই অনুযায়ীই আছে।</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>টাকা একবার দিলে ফেরত নেওয়া যায় না।</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>একবার পাঠালে কেউ ফেরত আনতে পারে না। পুরো ঠিকানা যেটি পেয়েছেন তার সঙ্গে মেলান।</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>দিনে যত টাকা না জিজ্ঞেস করে আপনার ওয়ালেট থেকে যেতে পারে। তার বেশি হলে ওয়ালেট আগে জিজ্ঞেস করে।</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>এখানে লোকে ঘণ্টায় যা আয় করেছেন, টাকা পাওয়া কাজ ধরে মাপা।</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>নতুন ভার্সন যা লিখেছে তা প্রোফাইলের ফোল্ডারে সরিয়ে রাখা হয়, কখনো মোছা হয় না।</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>আপনাকে টাকা দিতে প্ল্যাটফর্ম যা জমা রেখেছে। আপনার পাওনা এর বেশি হতে পারে না।</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>একটি কাজের জন্য প্রোগ্রাম যতটা আনে। ছবি ও শব্দ বড়, লেখা ছোট।</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>প্রোগ্রাম আজ যত পাঠিয়েছে ও এনেছে। সবচেয়ে বেশি কত, তা সেটিংসে ঠিক করেন আপনি।</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>আপনার টাকা তোলার অনুরোধ নিয়ে যেতে রিলেয়ার যা রাখে। সইয়ের আগে দেখবেন; কখনো বেশি হয় না।</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>যা থেকে এই লেনদেন পড়া হয়েছিল তা আর এই কম্পিউটারে নেই।</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>যা অপেক্ষায় আছে তা অনলাইন হলে নিজে থেকে যায়, বা “এখনই পাঠান” দিয়ে সঙ্গে সঙ্গে।</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>যা পাওয়া গেছে তা এত পুরোনো যে বিশ্বাস করা যায় না।</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>যা দেওয়া হয়েছে তাতে Gems-এর নির্মাতাদের সই নেই।</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>যা পাঠানো হয়েছে তা প্ল্যাটফর্ম যত নেয় তার চেয়ে বড়।</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>আপনার আয় আপনার চ্যানেলেই থাকে।</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>একটি কাজ গৃহীত হলে আপনি যা পান।</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>আপনার আয় এখানে রাখা আছে, তোলা যায়। ঝুঁকি ছাড়া কাজ চলে।</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>আপনার আয় এখানে রাখা আছে। ঝুঁকি ছাড়া কাজ চলে।</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>আপনার সবচেয়ে নতুন ভাউচারের টাকা বন্ধ হওয়া শেষ না হওয়া পর্যন্ত তোলা যায়।</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>আপনার সবচেয়ে নতুন ভাউচারের টাকা ফি বাদে এখনই ওয়ালেটে আসে।</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>আপনার সবচেয়ে নতুন ভাউচার আপনার হয়ে জমা দেওয়া হয়। বন্ধ হওয়া শেষ হলে জামানত আসে।</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>আপনার উত্তর বাতিল হলে</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>GEM পাঠানোর সময় পুরো ঠিকানা মিলিয়ে দেখুন। এটি ফেরানো যায় না।</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>যেখানে আপনার আয় আপনার জন্য নিরাপদে থাকে। শুধু আপনি তুলতে পারেন, কেউ ফিরিয়ে নিতে পারে না।</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>যিনি কাজ করান ও তার টাকা দেন।</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>যিনি এটি ইনস্টল করেছেন তিনি সেখানে নতুন ভার্সন রাখতে পারেন। আপনার ওয়ালেট ও কাজ অন্য জায়গায় রাখা।</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>ফাইল আর ওই পাসওয়ার্ড যার কাছে, এই ওয়ালেটের সবকিছু চিরকালের জন্য তার। Gems আপনার কাছে এমন ফাইল কখনো চায় না।</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>এই কম্পিউটার যার দখলে যাবে সে আপনার হ্যাঁ ছাড়াই এত পাঠাতে পারবে।</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>যিনি লিখেছেন তাঁকেই আবার লিখতে হবে।</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>কাজদাতার সিডসহ</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>আলাদা মালিকের দুটি নোড থাকলে একটি মিথ্যা বললে ধরা পড়ে।</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>পরের দশটির {right}টি ঠিক হলে: অন্তত {low} %, গ্রেড {grade}।</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>এক দিনের মধ্যে</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>এক সপ্তাহের মধ্যে</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>এক ঘণ্টার মধ্যে</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>তিন দিনের মধ্যে</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>নেটওয়ার্ক ছাড়া, পেনড্রাইভে</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>প্ল্যাটফর্মের রসিদ ছাড়া শুধু সময়মতো চেইনে রাখা জিনিসের দাবি করা যায়।</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>জিতেছেন: আপনার উত্তর গৃহীত।</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>শব্দগুলো</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>কাজ</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>বরাবরের মতো কাজ করুন। নিচের লাইন বলে আপনি অফলাইনে; কিছু হারায় না।</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>আপনার কিছু কাজের টাকা এখনো আসেনি। এই চ্যানেলে আর আসতে পারে না।</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>অফলাইনে কাজ করুন</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>আবার জামানতে আয় না রাখা পর্যন্ত ঝুঁকির কাজ আপনার জন্য বন্ধ।</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>আগে ঝুঁকির টাকা ছাড়া কাজ করুন: প্রথম আয় জামানতের পকেট ভরে।</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>অফলাইনে কাজ চলছে, যেমন আপনি বেছেছেন</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>এক কাজে সবচেয়ে খারাপ হলে</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>ক্ষত ও দুর্ঘটনা</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>অন্তত একটি অক্ষর লিখুন।</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>অঙ্ক লিখুন, দশমিকের পরে বড়জোর 18 ঘর, যেমন 0.25।</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>দশমিকের পরে বড়জোর 8 ঘরসহ সংখ্যা লিখুন, যেমন 12.50।</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>এর তিনটি বড় হাতের অক্ষর লিখুন, যেমন KES।</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>বারোটি শব্দ ক্রম মেনে কাগজে লিখুন। টাকা ফিরে পাওয়ার এটাই একমাত্র পথ।</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>লিখে রেখে নিশ্চিত করুন: এগুলো না থাকলে ডিস্ক নষ্ট হলে টাকাও যায়।</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>আপনার উত্তর কেন ঠিক তা লিখুন।</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>প্রতিটি এলাকার জন্য উত্তর লিখুন।</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>আপনার উত্তর লিখুন।</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>লেখা ও সই করা হয়েছে। সংযোগ এলেই চলে যায়।</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>লেখা হয়েছে, এখনো পাঠানো হয়নি</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>লেখা হয়েছে: {name}। যার সংযোগ আছে তাকে পেনড্রাইভ দিন।</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>ভুল</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>হ্যাঁ, কথা দিচ্ছি</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>হ্যাঁ, যোগ করুন</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>হ্যাঁ, আপিল করুন</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>হ্যাঁ, বদলান</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>হ্যাঁ, বন্ধ করুন</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>হ্যাঁ, এক্সপোর্ট করুন</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>হ্যাঁ, জমা দিন</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>হ্যাঁ, সরান</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>হ্যাঁ, টাকা দিন</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>হ্যাঁ, তুলুন</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>হ্যাঁ, রাখুন</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>হ্যাঁ, ছেড়ে দিন</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>হ্যাঁ, পাঠান</translation>
        </message>
        <message>
            <source>You</source>
            <translation>আপনি</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>আপনি উত্তরটি গ্রহণ করেছেন।</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>এই ঠিকানা আপনি কিছুদিন আগে যোগ করেছেন। প্রশ্ন লাগবে না এই সময় থেকে: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>আপনি উত্তর দিয়েছেন।</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>আপনি আপিল করে হেরেছেন: অন্য যাচাইকারীরাও বাতিল করেছেন।</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>আপনি আপিল করে জিতেছেন।</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>আপনি আপিল করেছেন।</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>আপনি আপিল করেছেন। অন্য যাচাইকারীরা আবার বিচার করছেন।</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>আয় পাতায় এটি তুলতে পারেন।</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>আপনি 10 GEM তোলেন, ফি 0.02: পৌঁছায় 9.98।</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>আপনি শুধরেছেন: আপনার দ্বিতীয় চেষ্টা এর জায়গা নেয়।</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>আপনি উত্তর শুধরেছেন।</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>আপনি একটি কাজ ফেরত দিয়েছেন। এতে খরচ নেই, ঝুঁকির টাকা ফেরত আসে।</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>আপনি আপিল ছেড়ে দিচ্ছেন, সঙ্গে এই কাজের পারিশ্রমিক।</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>আপনি দ্বিতীয় চেষ্টা ও আপিল ছেড়ে দিচ্ছেন, সঙ্গে এই কাজের পারিশ্রমিক।</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>আপনি দ্বিতীয় চেষ্টা ছেড়ে দিচ্ছেন, সঙ্গে এই কাজের পারিশ্রমিক।</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>শুধরানোর জন্য কাজটি ফেরত পেয়েছেন, {time} পর্যন্ত।</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>আপনি এই উত্তর গ্রহণ করেছিলেন।</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>আপনি এই উত্তর বাতিল করেছিলেন: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>আপনি এই উত্তর বাদ দিয়ে গিয়েছিলেন।</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>আপনি আগেই আপিল করেছেন।</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>একটি অ্যাকাউন্টে যত অসমাপ্ত ব্যাচ থাকতে পারে, আপনার ততই আছে।</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>আপনি দ্বিতীয় চেষ্টা শেষ করেছেন।</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>আপনি দ্বিতীয় চেষ্টা শেষ করেছেন; বরং আপিল করতে চাইলে আগে তা ফেরত নিন।</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>আপনি দ্বিতীয় চেষ্টা জমা দিয়েছেন, তাই প্রথম রায় বহাল।</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>আপনি এর অনুশীলন সেট পাস করেছেন।</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>এই জবাব আপনি আগে পড়েছেন। এতে নতুন কিছু নেই।</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>আপনি এ নিয়ে আগেই অভিযোগ করেছেন।</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>আপনার গ্রেড সবচেয়ে উঁচু।</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>আপনি এতে 2 GEM রাখেন; একটি কাজে 0.10 ঝুঁকির টাকা লাগে, তাই 1.90 খালি থাকে।</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>আপনি বাতিল মেনে নিয়েছেন।</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>সম্প্রতি জামানত ছাড়া অনেক বেশি আপিলে আপনি হেরেছেন।</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>বাতিলের আপিল করতে পারেন: তখন অন্যরা বিচার করে।</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>{time} পর্যন্ত আপিল করতে পারেন।</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>বাতিল উত্তর একবার শুধরে আবার পাঠাতে পারেন।</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>আপনি শুধরাতে পারেন।</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>আপনি এই ধরনের কাজ যাচাই করতে পারেন।</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>আপনার গ্যাস কয়েন লাগে না: রিলেয়ার দেয়।</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>যারা এতে কাজ করবে সবার কাছে আপনি এর লেখা, আয় ও নিয়মের কথা দিচ্ছেন।</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>আপনি উত্তরটি বাতিল করেছেন।</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>আপনি উত্তরটি বাতিল করেছেন: {reason}।</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>আপনি অভিযোগ করেছেন</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>আপনি এটি কন্ট্র্যাক্টের জন্য কেস হিসেবে সেভ করেছেন।</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>আপনি বলেন বাতিল ভুল হয়েছে, আর অন্যরা আবার বিচার করেন। তাঁদের সিদ্ধান্তই ধরা হয়।</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>আপনি এই কম্পিউটারে এতে সই করেছেন।</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>আপনি লিখেছেন:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>কতদূর আছেন আপনার আস্থা পাতায় দেখা যায়।</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>আপনার অ্যাকাউন্ট যত রাখতে পারে তত রেখেছে।</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>আপনার উত্তর গৃহীত হয়েছে।</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>যাচাইয়ের লটারিতে আপনার উত্তর উঠেছে।</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>আপনার উত্তর বাতিল হয়েছে।</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>আপনার উত্তর:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>আপনার উত্তর ও টাকা জমা আছে, কিছু বদলায়নি।</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>“{title}”-এ আপনার উত্তরগুলোর বিচার হয়েছে। কাজদাতা কেমন ছিলেন?</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>আপনার আপিল লেখা ও সই করা হয়েছে; সংযোগ এলেই চলে যায়।</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>পরের সংযোগেই আপনার আপিল চলে যাবে। আপনাকে কিছু করতে হবে না।</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>আপনার আপিল প্ল্যাটফর্মের পরিচালকের অপেক্ষায়। এখন যা লিখবেন তা এর জায়গা নেবে।</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>বন্ধ হওয়া শেষ হলে আপনার জামানত আসে। চ্যানেল যে সময় ধরে খোলা হয়েছিল তত সময় লাগে।</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>আপনার জামানতের পকেটে এই আপিলের জামানত নেই।</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>আপনার জামানতের পকেটে ঝুঁকির টাকার জন্য যথেষ্ট নেই।</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>চ্যানেল শেষ হওয়ার পর আপনার জামানত</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>আপনার চ্যানেল বন্ধ করা হচ্ছে</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>আপনার চ্যানেল আগের মতোই খোলা, কোনো ফি নেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>আপনার চ্যানেল এগুলোর টাকা দিয়েছে, তাই সেই টাকা আর কারও কাছে চাওয়া হয় না। এতে কোনো টাকা নড়ে না।</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>আপনার চ্যানেল খোলা থাকে, এতে যা আছে তা আপনারই থাকে।</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>আপনার তোলা টাকা ওয়ালেটে এসেছে</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>আপনার ডেটা রাখা হয়েছে।</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>আপনার প্রথম আয়</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>আপনার গ্রেড বলে যাচাই হওয়া কাজ কতটা ঠিক ছিল।</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>আপনার চাবি, কাজ ও ভাউচার এই কম্পিউটারে আছে, কিছু হয়নি।</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>আপনার চাবি, কাজ ও ভাউচার এই কম্পিউটারে আছে, কিছু হয়নি। এই জবাব থেকে কিছু হিসাবে তোলা হয়নি।</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>আপনার চাবি, কাজ ও ভাউচার এই কম্পিউটারে আছে, কিছু হয়নি। কিছু খরচ হয়নি।</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>আপনার সবচেয়ে নতুন ভাউচার {amount} GEM-এর জন্য জমা দেওয়া হচ্ছে।</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>আপনার সবচেয়ে নতুন ভাউচার এখানে ও আপনার ওয়াচ-টাওয়ারে রাখা; যার হাত থেকেই আসুক দাম একই।</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>আপনার সবচেয়ে নতুন ভাউচার শুধু এই কম্পিউটারে রাখা।</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>আপনার সবচেয়ে নতুন ভাউচার {path}-এ লেখা হয়েছে</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>আপনার নিজের নির্দেশে আপনার আয় থেকে জামানত ভরে। কত পর্যন্ত, তা সেটিংসে ঠিক করেন আপনি।</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>আপনার আয় এই পথে যায়: যাচাই চলছে, পাওনা, তোলার জন্য তৈরি, আপনার ওয়ালেটে।</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>আপনার পেমেন্ট চ্যানেল বন্ধ করা হচ্ছে।</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>আপনার পেমেন্ট চ্যানেল বন্ধ</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>আপনার পেমেন্ট চ্যানেল আগে থেকেই বন্ধ হচ্ছে।</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>আপনার অনুমতি আর চ্যানেলের সঙ্গে মেলে না: আগে অন্য কিছু তোলা হয়েছে।</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>আপনার প্রোফাইলে হাত দেওয়া হয়নি।</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>আপনার রেটিং জমা হয়েছে। ধন্যবাদ।</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>আপনার অভিযোগ পরের সংযোগেই পরিচালকের কাছে যাবে।</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>একটি যাচাইয়ে আপনার ভাগ</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>অন্য যাচাইকারীরা আপনার মতো দেখলে ঝুঁকির টাকা ফেরত আসে।</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>যে কাজ এখনো ঠিক হয়নি তাতে আপনার ঝুঁকির টাকা। কাজ গৃহীত হলে ফেরত আসে।</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>আপনার সিস্টেমই Gems আপডেট রাখে।</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>আপনার আস্থা স্কোরে এখনো যাচাই করা যায় না।</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>আপনার ভাউচার ও সব প্রমাণ এখানে রাখা আছে। কিছু দুবার দেওয়া হয় না, আপনার কিছু হারায় না।</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>আপনার ভাউচার ও সব প্রমাণ এই কম্পিউটারে রাখা আছে।</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>আপনার ভাউচার এখানে রাখা আছে। দুটোই যে কাউকে দেখানো যায়।</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>আপনার ভাউচার এখানে রাখা আছে। এর দুটি সই তা প্রমাণ করে।</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>আপনার ভাউচার এখানে রাখা আছে। প্ল্যাটফর্ম যা-ই মনে রাখুক, চেইন সবচেয়ে নতুনটির টাকা দেয়।</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>আপনার ওয়ালেটে এত টাকা ও ফি নেই।</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>আপনার ওয়ালেট আগের মতোই আছে।</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>আপনার ওয়ালেট এই কম্পিউটারেই জমা আছে।</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>আপনার ওয়ালেট জমা আছে, কাজ ঠিক আছে।</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>আপনার ওয়ালেট এতে সই করেছে। এর আঙুলের ছাপ {code}।</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>আপনার ওয়ালেট এই কথাগুলোসহ আপিলে সই করেছে।</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>আপনার কাজ এই কম্পিউটারে জমা আছে; কিছু বদলায়নি।</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>আপনার কাজ জমা আছে।</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>আপনার কাজ গৃহীত হয়েছে। কাজদাতা কিছু সময় আপত্তি করতে পারেন; তারপর টাকা আসে।</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>আপনার কাজ, ঝুঁকির টাকা ও আয় ফিরেছে। যা কখনো পাঠানো হয়নি তা শুধু হারানো কম্পিউটারেই ছিল।</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>আপনার যাচাই হওয়া {checked}টি কাজ {counted} হিসেবে গোনা হয়: সহজ কাজ, আর একজন কাজদাতার অনেক কাজ, কম গোনা হয়।</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>আপনার করার</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>কয়েক সেকেন্ড বাকি</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>একটি চিহ্ন</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>প্রায় {n} ঘণ্টা বাকি</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>প্রায় {n} মিনিট বাকি</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>প্রায় {n} সেকেন্ড বাকি</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>প্রায় {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>গৃহীত হওয়ার পরে</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>গড়ে যা হারায় তার পরে</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>আপিল: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>পাঠানো মাত্র</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>কাজদাতা যেমন আশা করেন</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>পারিশ্রমিকের বাইরে</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>অক্ষর {start} থেকে {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>নতুন কর্মীর জন্য গোনা, {share} ঠিক উত্তর ধরে</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>আপনার নিজের রেকর্ড থেকে, {share} ঠিক উত্তর ধরে গোনা</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>প্রতিটি উত্তর যাচাই হয়</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>ফ্রেম {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>এটি ঝুঁকির টাকা চায়, আর এখনো পেমেন্ট চ্যানেল নেই।</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>এর জন্য টাকা ঝুঁকিতে রাখা যায় না: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>এর সময় প্রায় শেষ।</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>এইমাত্র</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>মাপা</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>টাকা পাওয়া কাজে মাপা</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>এখনো ওয়ালেট নেই</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>এখনো কেউ টাকা পায়নি</translation>
        </message>
        <message>
            <source>none</source>
            <translation>নেই</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>যাচাই হওয়া কাজ এখনো যথেষ্ট নয়</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>এখনো জানা নেই</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>কিছু না</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>কিছু ঝুঁকিতে নেই</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>চিহ্নিত এলাকাগুলোর একটি</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>শুধু এখানে</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>শুধু কাজদাতা তার জন্য টাকা দিলে</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>শুধু অন্যটিতে</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>শুধু পারিশ্রমিক দেওয়া হয় না</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>শেষ খোলা</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>মিল {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>পাতা {n}: {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>পাঠানোর {time}-এর মধ্যে টাকা এসেছে</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>সম্ভবত {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>যাচাই: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>{time}-এর মধ্যে পাঠান</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>বাদ দেওয়া যাচাই: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>কাজ: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>প্ল্যাটফর্ম তার বন্ধক ফেরত নিচ্ছে, তাই টাকা ঝুঁকিতে রাখা হয় না।</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>প্ল্যাটফর্মের চাবি চেইনে নিবন্ধিত নয়, তাই টাকা ঝুঁকিতে রাখা হয় না।</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>কাজদাতা আপত্তি করতে পারেন {time} পর্যন্ত</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>সময় শেষ</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>{reward} GEM পর্যন্ত</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>কাজপ্রতি {size} পর্যন্ত</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>ওয়ালেট {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>যখন কেউ দ্বিমত নয়</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>আপনি কিছু হারান না</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>আপনি {amount} GEM হারান</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>আপনার পেমেন্ট চ্যানেলে এখনো নিশ্চিত জমা নেই।</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>আপনার পেমেন্ট চ্যানেল বন্ধ হচ্ছে।</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>কাজপ্রতি {amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>কোনো কাজদাতা আপত্তি না করলে {amount} GEM গৃহীত হয়ে {time}-এর মধ্যে দেওয়া হয়।</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>কোনো কাজদাতা আপত্তি না করলে {amount} GEM গৃহীত হয়ে দেওয়া হয়।</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>আপনার উত্তরের {audit} লটারিতে ওঠে ও দুজন অচেনা লোক যাচাই করেন; দুজনেই ভুল বললে {penalty} GEM যায়, বাকি সবগুলোর পুরো টাকা দেওয়া হয়।</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>ব্যাকআপ আছে {count}টি, সবচেয়ে নতুনটি {hours} ঘণ্টা আগের।</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>{count} – এত কম যে আর কিছু বলা যায় না।</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>{count} – {percent} %, সম্ভবত {low}–{high} %।</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>{day}: সেদিনের কোনো কাজের টাকা এখনো আসেনি</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>{day}: ঘণ্টার হিসাবের জন্য সময় কম</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{day}: টাকা পাওয়া কাজে ঘণ্টায় {paid} GEM, বিনা পয়সার সময়সহ {all} GEM</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>{total}টির মধ্যে {done}টি ধাপ</translation>
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
            <translation>{good}টি গৃহীত, {bad}টি বাতিল</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>{good}টি অন্যদের সঙ্গে মেলে, {bad}টি মেলে না</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>{good}টিতে জয়, {bad}টিতে হার</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>{grade} পেয়েছেন; আর 1টি যাচাই হওয়া কাজের পরও টিকলে আপনার।</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>{grade} পেয়েছেন; আর {more}টি যাচাই হওয়া কাজের পরও টিকলে আপনার।</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>{grade} – যাচাই হওয়া কাজ এখনো যথেষ্ট নয়।</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h} ঘণ্টা {m} মিনিট</translation>
        </message>
        <message>
            <source>{label} {n}</source>
            <translation>{label} {n}</translation>
        </message>
        <message>
            <source>{mark} of 5</source>
            <translation>5-এ {mark}</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>প্রোফাইলের ডিস্কে {megabytes} MB খালি।</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>মেমরিতে {megabytes} MB খালি।</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>{month}: {had}টি অডিট, প্রত্যাশিত {expected}</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>যাচাই করতে পারার আগে আর {more}টি যাচাই হওয়া কাজ।</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>যাচাই করতে পারার আগে অন্য কাজদাতাদের আর {more}টি যাচাই হওয়া কাজ।</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>পরের লেভেলে যেতে আর {more}টি যাচাই হওয়া কাজ।</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>যাচাই করতে পারার আগে পরপর আর {more}টি ঠিক উত্তর।</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>{grade} পেতে পরপর আর {more}টি ঠিক উত্তর।</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>{names}, আরও {n}টি</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>{note} সম্ভবত অন্তত {low} % হতো।</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>{note}; শেষে তার {share} গৃহীত হয়</translation>
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
            <translation>{n}টি উত্তর পাঠানোর অপেক্ষায়</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>{n} দিন</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>{n} জন উত্তর দেননি।</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>শেষ করা {n}টি কাজের সময় ফুরোচ্ছে: {time}-এর আগে পাঠান।</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} ঘণ্টা</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>আপনার সেটিংস {n}টি দূরে রেখেছে</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>সংযোগ আসা পর্যন্ত {n}টি এই কম্পিউটারে রাখা</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} মিনিট</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{total}-এর মধ্যে {n}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>{n}টি খোলা</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>আরও {n}জন যাচাইকারী, যাঁরা আগে এর বিচার করেননি</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>{n}জন রেটিং দিয়েছেন; তাঁদের {good}জন 4 বা 5 দিয়েছেন।</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>বাতিল {n}টি উত্তর শুধরানো বা আপিল করা যায়।</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} সেকেন্ড</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>এই রায়ের {n}টি সই যাচাই হয়েছে: আপনার, প্ল্যাটফর্মের ও যাচাইকারীদের।</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>{n}টি সই করা ভোট এই কম্পিউটারে গোনা হয়েছে, একই ফল এসেছে।</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>এখানে {n}টি কাজ আছে, প্রায় {time}-এর কাজ</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>{n}টি কাজ, প্রতিটিতে ঝুঁকির টাকা {amount} GEM</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>এই ব্যাচে {n}টি কাজ বাকি</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>{n}টি কাজের সময় ফুরোচ্ছে: প্রথমটি {time}-এর আগে শেষ করে পাঠান।</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>{rejected}টি বাতিলের {overturned}টি উল্টেছে – {percent} %, সম্ভবত {low}–{high} %।</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>কর্মীদের {whole}টি আপিলের {part}টি জিতেছে</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>যাচাইকারীদের {whole}টি সিদ্ধান্তের {part}টি পরে উল্টেছে</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>বিচার হওয়া {whole}টি উত্তরের {part}টি গৃহীত</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>কাজপ্রতি {pay} GEM</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>আপনার শেষ {last}টির {redone}টি আবার করা হয়েছে।</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>শেষ {last}টির {rejected}টি বাতিল, আপনার সাধারণের চেয়ে বেশি।</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>{decisions}টির {rejected}টি বাতিল – {percent} %, সম্ভবত {low}–{high} %।</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>ফি কাটার আগে {reward} GEM</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>যাচাই হওয়া {checked}টি কাজের {right}টি ঠিক – যাচাই হওয়া কাজ এখনো যথেষ্ট নয়।</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>যাচাই হওয়া {checked}টি কাজের {right}টি ঠিক – {percent} %, সম্ভবত {low}–{high} %।</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>যাচাই হওয়া {checked}টি কাজের {right}টি ঠিক: চালিয়ে যাওয়ার জন্য কম। আপিল করতে পারেন।</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>{checked}টির {right}টি ঠিক</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>{checks}টি গোপন পরীক্ষার {right}টি ঠিক; যাচাই করতে আরও বেশি লাগে।</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>{of}টির {right}টি ঠিক</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>{share} আগেই প্ল্যাটফর্মে আছে।</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>{share} ঠিক হতে হবে।</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>উত্তরের {share} বাতিল</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>উত্তরের {share} বাতিল, টাকা দেয় {time}-এর মধ্যে</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>পারিশ্রমিকের {share}</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>বিচার হওয়া {n}টি উত্তরের {share} বাতিল হয়েছে।</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>প্রতিটি {size}</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>{size} ফাইল অপেক্ষায়।</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>আরও {size} আসা বাকি</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>ডাউনলোড {size}</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>আজ {size}</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>আজ {limit} GEM-এর {spent} খরচ</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>{stake} GEM ঝুঁকিতে</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>পাঠানোর {time} পরে</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>{time} আগে</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>প্রতিটি {time}</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>মোট {time}, তার {unpaid} বিনা পয়সায়</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>{time} বাকি</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>টাকা পাওয়া কাজে {time}</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>{title} (রেটিং দেওয়া)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>{title} সরিয়ে রাখা হয়েছে; এর কিছুই মোছা হয়নি।</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>পাঠাতে হবে {unsent}, রায়ের অপেক্ষায় {waiting}</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>আজ {allowed} MB-এর {used}</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>{when}: {all}টির মধ্যে {n}টি কাজের টাকা এসেছে ({share})</translation>
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
            <translation>বাঁ থেকে {x} %, ওপর থেকে {y} %</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>{yes} জন ঠিক বলেছেন, {no} জন ভুল বলেছেন।</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>“আমার ওয়ালেটে তুলুন” চাপলে যা তৈরি তা আপনার কাছে আসে। সইয়ের আগে ফি দেখবেন।</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>“জমা টাকা” মানে কাজের জন্য আগেই রাখা টাকা।</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>“{key}” আগে থেকেই “{option}”-এর বোতাম।</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>ছবি খোলা হচ্ছে …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>এই কাজে কোনো ছবির নাম নেই।</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>ভিডিও খোলা হচ্ছে …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>এই সিরিজের সময় পড়া যাচ্ছে না।</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>এই কাজে কোনো সিরিজ নেই।</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[ছবি]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>রেকর্ডিং খোলা হচ্ছে …</translation>
        </message>
    </context>
</TS>
