<TS version="2.1" language="ur" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>مسئلے کی شکایت کریں</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>اسے پلیٹ فارم چلانے والا پڑھتا ہے۔ کام دینے والے کو پتا نہیں چلتا کہ شکایت کس نے کی۔</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>شکایت بھیجیں</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>بند کریں</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>منسوخ کریں</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>کیا غلط ہے؟</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>کیا ہوا، ایک دو جملوں میں</translation>
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
            <translation>آگے کیا ہوگا</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>اب باری کس کی ہے</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>اس کے بجائے درست کریں</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>درست کریں</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>کانٹریکٹ کے پاس لے جائیں…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>رہنے دیں</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>آپ کے جواب کا کیا ہوا</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>واپس آؤٹ باکس پر</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>آگے کیا ہوگا</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>لکھی گئی</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>بھیجی گئی</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>دوبارہ فیصلہ ہو رہا ہے</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>دوبارہ فیصلہ ہو گیا</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>جیت گئے</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>ہار گئے</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>نہیں لی گئی</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>فیصلہ ہو گیا</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>اپیل</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>اپیل کا مطلب کیا ہے</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>فیصلہ کون کرتا ہے</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>اپیل کی آخری مہلت</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>فیصلہ زیادہ سے زیادہ اس وقت تک</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>آپ کی لگائی ہوئی ضمانت (%1 GEM دستیاب ہیں)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>آپ کی لگائی ہوئی ضمانت</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>ہارنے پر آپ کا نقصان</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>جیتنے پر آپ کو ملے گا</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>آپ کا جواب کیوں درست ہے</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>ایک دو جملوں میں لکھیں کہ اس میں کیا درست ہے</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>اس پر اپیل کے ساتھ دستخط ہوتے ہیں اور یہ اگلے کنکشن پر چلی جاتی ہے۔ %2 میں سے %1 حروف۔</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>اپیل کریں اور دوسری کوشش چھوڑ دیں</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>اپیل پر دستخط کریں</translation>
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
            <translation>اطلاعات</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>اطلاعات، نئی: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>واپس کریں</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>پھر سے کریں</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>ہدایات</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>بٹن</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>آخری واپس کریں</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>ابھی کے لیے کافی ہے</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>دوبارہ محفوظ کریں</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>یہ جواب دیں</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>چھوڑیں</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>زوم</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>پوری تصویر دکھائیں</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>چنی ہوئی چیز ہٹائیں</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>کچھ مہمیں داؤ مانگتی ہیں۔ اپنی کمائی کا ایک حصہ یہاں رہنے دیں جب تک ضمانت اتنی نہ ہو جائے؛ آپ کو کبھی کچھ خریدنا نہیں پڑتا۔</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>اس کا کوئی خرچ نہیں اور یہ آپ کی اگلی اجرت سے لاگو ہوگا۔ آپ کے پاس جو ہے وہ اس سے نہیں ہلتا، اور ضمانت میں جو دستیاب ہو وہ آپ پھر نکال سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>ضمانت میں رکھیں</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>0 سے کچھ نہیں رکھا جاتا؛ بغیر داؤ والی مہمیں آپ کے لیے کھلی رہتی ہیں۔</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>ضمانت میں رکھیں، GEM میں</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>رکھیں</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>ضمانت میں ابھی دستیاب</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>خرچ کے لیے نکالیں…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>اپنی ضمانت سے نکالیں؟</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>یہ فوراً وصولی کے لیے تیار ہو جاتا ہے۔ آپ اور پلیٹ فارم دونوں اس پر دستخط کرتے ہیں؛ بلاک چین پر کچھ نہیں ہوتا اور کوئی خرچ نہیں آتا۔</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>یہ قدم بہ قدم ہوتا ہے، ہر قدم ایک ٹاسک کی اجرت جتنا، زیادہ سے زیادہ 1 GEM۔ اگر پلیٹ فارم جواب نہ دے تو آپ کا نقصان صرف ایک قدم ہو سکتا ہے۔</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>نکالیں</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>رقم</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>ضمانت میں دستیاب: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>ضمانت سے نکالنے کی رقم، GEM میں</translation>
        </message>
    </context>
    <context>
        <name>CampaignFilter</name>
        <message>
            <source>Filter</source>
            <translation>فلٹر</translation>
        </message>
        <message>
            <source>Kind of task</source>
            <translation>ٹاسک کی قسم</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>ٹاسک کی زبان</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>ایک ٹاسک کا ڈاؤن لوڈ</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>فی گھنٹہ کم از کم اتنے GEM</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>‏GEM فی گھنٹہ کم از کم</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>بغیر داؤ</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>میری ضمانت اس کے لیے کافی ہے</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>بغیر مشق</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>صرف جو نظر میں ہیں</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>جو نظر میں ہیں وہ پہلے</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>سب دکھائیں</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>ہو گیا</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>مہمیں تلاش کریں (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>ترتیب</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>سب سے زیادہ اجرت</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>معاوضہ</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>سب سے چھوٹے</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>سب سے کم داؤ</translation>
        </message>
        <message>
            <source>Filter: %1</source>
            <translation>فلٹر: %1</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>فلٹر</translation>
        </message>
        <message>
            <source>Rows or cards</source>
            <translation>قطاریں یا کارڈ</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>قطاریں</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>کارڈ</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>مہمیں</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>اب نئے کام کی خبر نہ دیں</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>نئے کام کی خبر دیں</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>اس کام دینے والے کو بلاک کریں</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>یہ مہم چھپائیں</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>مسئلے کی شکایت کریں</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>یہ مہم بند کریں</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>کام دینے والا %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>کام دینے والے کی رپورٹ</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>آپ ایسا ٹاسک کسی بھی وقت بغیر کسی خرچ کے چھوڑ سکتے ہیں۔</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>کتنا ملتا ہے</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>آپ کا خطرہ کیا ہے</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>جواب کیسے جانچے جاتے ہیں</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>وقت اور ڈیٹا</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>کام دینے والا</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>پھر مشق کریں</translation>
        </message>
        <message>
            <source>About</source>
            <translation>تعارف</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>ہدایات</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>اس کام دینے والے کو بلاک کریں</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>یہ مہم چھپائیں</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>کام دینے والے کو پیغام</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>مسئلے کی شکایت کریں</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>مثالیں کریں</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>کتنے ٹاسک لینے ہیں</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>%n ٹاسک لیں</numerusform>
                <numerusform>%n ٹاسک لیں</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>‏%1 GEM فی ٹاسک</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>نظر میں</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>مشق</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>مواد کی تنبیہ</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>‏%1 GEM/گھنٹہ</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>داؤ %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>داؤ نہیں</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>‏%1 کے لیے مزید</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>اس پروگرام میں کچھ خراب ہو گیا</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>پچھلی بار Gems خود بند ہو گیا تھا</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>آپ کی مدد کرنے والے کے لیے رپورٹ</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>آپ کے جواب اور پیسے محفوظ ہیں اور انہیں کچھ نہیں ہوا۔ آپ کام جاری رکھ سکتے ہیں۔</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>رپورٹ میں ہمارے پروگرام کے ورژن اور جگہیں ہیں: کوئی جواب، پتا، نام یا رقم نہیں۔ یہ کسی کو نہیں بھیجی جاتی؛ فائل میں محفوظ کر کے آپ جس پر بھروسا کریں اسے دے سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>بند کریں</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>رپورٹ محفوظ کریں</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>اندر کیا ہے، چھپائیں</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>اندر کیا ہے، دکھائیں</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>رپورٹ</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>کام جاری ہے…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>بغیر نیٹ ورک</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>آپ کا کام USB اسٹک پر سفر کرتا ہے۔ لے جانے والا نہ اسے پڑھ سکتا ہے نہ بدل سکتا ہے۔</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>واپس آؤٹ باکس پر</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>کہاں</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>فولڈر</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>پھر دیکھیں</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>آپ کا کام</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>اب تک بے جواب فائلیں: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>جو فائل میں جا چکا وہ واپس نہیں لیا جا سکتا۔ اگر نیٹ ورک پہلے مل جائے تو معمول کے مطابق بھیجا جاتا ہے؛ کوئی چیز دو بار نہیں گنی جاتی۔</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>فائل لکھیں</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>اس فولڈر میں</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>اس فولڈر میں نہ کوئی سفری فائل ہے نہ کوئی جواب۔</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>کنکشن ہو تو آپ کسی اور کی فائل بھی بھیج سکتے ہیں: جواب اس کے ساتھ ہی لکھا جاتا ہے۔</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>یہ جواب پڑھیں</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>یہ فائل بھیجیں</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>کانٹریکٹ کے پاس لے جائیں</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>واپس آؤٹ باکس پر</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>آپ کو زیادہ سے زیادہ ملے گا</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>لے جانے کی آخری مہلت</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>کانٹریکٹ اعتراضات کا انتظار کر رہا ہے</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>فائل میں محفوظ</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>یہ کیسے ہوتا ہے</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. آپ ایک فائل محفوظ کرتے ہیں جس میں اس ٹاسک پر ہوئے دستخط ہیں۔ اس میں آپ کا جواب نہیں، صرف اس کا فنگر پرنٹ ہے، اور آپ کا کوئی راز نہیں۔</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. جس کے پاس بھی تھوڑے گیس کوائن ہوں وہ اسے کانٹریکٹ تک لے جا سکتا ہے: نگران ٹاور والا، کوئی دوست، یا آپ خود۔ اسے صرف یہ فائل چاہیے، اور وہ اس میں کچھ بدل نہیں سکتا۔</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. کانٹریکٹ اعتراضات کا انتظار کرتا ہے، پھر کوئی بھی اس سے ادائیگی کروا سکتا ہے۔ کیس کوئی بھی لائے، پیسے آپ کے والیٹ میں جاتے ہیں۔</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>محفوظ کرنے کا آپ پر کوئی خرچ نہیں؛ جو اسے لے جائے وہ گیس کوائن دیتا ہے۔ کانٹریکٹ کوئی اور فیصلہ کرے تو کچھ نہیں ملتا، اور آپ سے مزید کچھ نہیں لیا جاتا۔</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>بلاک چین پر ہر کوئی آپ کے والیٹ کا پتا، ٹاسک کا نمبر، اس کی اجرت اور اس پر ہوا فیصلہ دیکھ سکتا ہے۔ اگر پلیٹ فارم آخرکار ادائیگی کر دے تو Gems اس پر دستخط کر دیتا ہے، اور کانٹریکٹ کسی کو دو بار ادائیگی نہیں کرتا۔</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>کیس محفوظ کریں</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>دوبارہ محفوظ کریں</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>بلاک چین پھر دیکھیں</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>تصویر میں</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>جدول میں</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>اپنے والیٹ میں وصول کریں؟</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>آپ ایسی وصولی پر دستخط کرتے ہیں جسے صرف یہ قاصد استعمال کر سکتا ہے، اور زیادہ سے زیادہ اتنی فیس پر۔</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>دستخط اور وصول کریں</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>آپ کے چینل سے</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>قاصد کی فیس</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>آپ کو ملے گا</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>قاصد</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>کب تک استعمال ہو سکتی ہے</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>عام طور پر چند منٹ لگتے ہیں۔ تب تک نہ ہو تو آپ کی اجرت آپ کے چینل میں رہتی ہے اور آپ پھر وصول کر سکتے ہیں۔</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>فیس %1 GEM · لین دین %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>فیس %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>جاری رکھیں</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>منسوخ کریں</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>‏Gems: آپ کا والیٹ پوچھتا ہے</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>اگر یہ آپ نے نہیں کہا تو نہیں کہہ دیں۔ جواب نہ دیں تو یہ کھڑکی خود بند ہو جاتی ہے، نہ کسی چیز پر دستخط ہوتے ہیں نہ کچھ بدلتا ہے۔</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>نہیں، کچھ نہ کریں</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>ہاں کہنے کے لیے آخر تک اسکرول کریں۔</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>%n دن باقی</numerusform>
                <numerusform>%n دن باقی</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>%n گھنٹہ باقی</numerusform>
                <numerusform>%n گھنٹے باقی</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>%n منٹ باقی</numerusform>
                <numerusform>%n منٹ باقی</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>%n سیکنڈ باقی</numerusform>
                <numerusform>%n سیکنڈ باقی</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>وقت ختم</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>بندش مکمل ہونے تک:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>راستے میں موجود وصولی کے لیے:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>ہر لین دین</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>سب کچھ</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>اجرت</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>داؤ</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>وصولیاں اور بھیجی گئی رقم</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>کون سے لین دین دکھائے اور ایکسپورٹ کیے جائیں</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>اس ہفتے</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>اس مہینے</translation>
        </message>
        <message>
            <source>All</source>
            <translation>سب</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>کس عرصے کے لین دین دکھائے اور ایکسپورٹ کیے جائیں</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>‏CSV ایکسپورٹ کریں</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>کسی سطر کو دبا کر دیکھیں کہ رقم اتنی کیوں ہے۔</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>ابھی کوئی لین دین نہیں ہوا۔ اجرت، داؤ اور وصولیاں ہوتے ہی یہاں درج ہو جاتی ہیں۔</translation>
        </message>
        <message>
            <source>When</source>
            <translation>کب</translation>
        </message>
        <message>
            <source>What</source>
            <translation>کیا</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>مہم</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>جیب</translation>
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
            <translation>‏GEM منگوائیں</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>یہ پتا کوئی بھی دیکھ سکتا ہے اور اس پر GEM بھیج سکتا ہے۔ اس سے کوئی کچھ نکال نہیں سکتا۔</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>بند کریں</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>آپ کا پتا QR کوڈ کی شکل میں</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>ایک منٹ کے لیے کاپی کریں</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>کمائی</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>صرف وہی گنا جاتا ہے جو اس کمپیوٹر نے خود جانچا ہے۔</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>پھر کوشش کریں</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>قاصد GEM میں تھوڑی سی فیس لے کر اسے آپ کے والیٹ تک پہنچاتا ہے۔ آپ کو گیس کوائن نہیں چاہیے؛ فیس پہلے دکھائی جاتی ہے۔</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>ابھی وصول کرنے کو کچھ نہیں۔ منظور شدہ کام کی ادائیگی آپ کے چینل میں آتی ہے اور یہاں دکھائی دیتی ہے۔</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>وصولی</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>میرے والیٹ میں وصول کریں</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>منگوائیں</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>بھیجیں</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>آج کی کمائی</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>سات دن</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>کل</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>وصولیاں</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>بھیجی گئی</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>روزانہ کی کمائی</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>دن</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>آپ کی پہلی کمائی یہاں دن بہ دن دکھائی دے گی۔</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>ضمانت، واؤچر کی نقلیں، خودکار وصولی…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>‏GEM بھیجیں</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>یہ بھیج دیں؟</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>قاصد GEM میں تھوڑی سی فیس لے کر پہنچاتا ہے۔ جو بھیج دیا وہ واپس نہیں منگوایا جا سکتا۔</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>پورا پتا ایک ایک ٹکڑا کر کے ملائیں۔ جو بھیج دیا وہ واپس نہیں منگوایا جا سکتا۔</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>دستخط کر کے بھیجیں</translation>
        </message>
        <message>
            <source>From</source>
            <translation>کہاں سے</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>والیٹ</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>چینل</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>پتوں کی کتاب</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>چنیں…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>کس کو</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>یہ پتا ابھی پورا اور درست نہیں۔</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>جس پتے پر بھیجنا ہے</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>رقم</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>آپ کے والیٹ میں: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>رقم، GEM میں</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>جو کچھ وصول ہو سکتا ہے وہ سیدھا وہیں جائے گا: %1 GEM۔</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>جاری رکھیں</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>آپ کی پتوں کی کتاب میں</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>آپ کے چینل سے</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>آپ کے والیٹ سے</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>قاصد کی فیس</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>پہنچے گا</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>کب تک پہنچایا جا سکتا ہے</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>عام طور پر چند منٹ لگتے ہیں۔ تب تک نہ ہو تو کچھ بھی باہر نہیں گیا۔</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>دن</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>کام دینے والا</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>قسم</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>ادا شدہ ٹاسک</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>اجرت</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>داؤ اور ضمانتیں</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>والیٹ</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>لین دین</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>میزان</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>میزان بلحاظ</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>دن کے حساب سے</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>کام دینے والے کے حساب سے</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>قسم کے حساب سے</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>کس عرصے کا میزان</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>اس ہفتے</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>اس مہینے</translation>
        </message>
        <message>
            <source>All</source>
            <translation>سب</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>اس عرصے میں کوئی لین دین نہیں ہوا۔ اوپر لمبا عرصہ چنیں۔</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>دن UTC کے حساب سے ہیں۔ والیٹ میں آنے والی رقم پہلے اجرت یا ضمانت تھی، اس لیے دوبارہ کمائی نہیں گنی جاتی۔</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>فی گھنٹہ اجرت</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>ادا شدہ ٹاسکوں پر</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>بغیر اجرت کے وقت سمیت</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>دن کے حساب سے فی گھنٹہ اجرت</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>دن</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>وقت</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>چند ٹاسک کریں: ادائیگی ہوتے ہی یہاں دکھے گا کہ ایک گھنٹے میں کتنا ملتا ہے۔</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>بغیر اجرت کا وقت یعنی کام ڈھونڈنا، پڑھنا، مشق، اور وہ کام جو مسترد ہوا یا جس کی ادائیگی ابھی نہیں ہوئی۔ یہ اسی کمپیوٹر پر گنا جاتا ہے، صرف جب آپ کھڑکی استعمال کر رہے ہوں، اور یہیں رہتا ہے۔</translation>
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
            <translation>آپ کے GEM کہاں ہیں</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>کم دکھائیں</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>مزید دکھائیں</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>واؤچر اس سب پر پلیٹ فارم کے دستخط ہیں جو اس نے آپ کو دینا ہے۔ اس سے بلاک چین آپ کو ادائیگی کرتی ہے، چاہے پلیٹ فارم نہ چاہے۔</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>بند کریں</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>بلاک چین پر: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>ٹاسک کھولیں</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>یہ پیغام ہٹائیں</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>‏“%1” کیا ہے؟</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>مزید مدد میں</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>پوچھ رہے ہیں…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>تازہ کریں</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>پھر کوشش کریں</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>آپ آف لائن ہیں۔</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>یہ مہمیں آخری معلومات کے مطابق ہیں۔ لیے ہوئے ٹاسک بغیر نیٹ ورک کے بھی ہو سکتے ہیں۔</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>کنکشن ملتے ہی نئے ٹاسک لیے جا سکتے ہیں۔</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>ابھی کوئی مہم نہیں</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>اس کمپیوٹر نے آن لائن ہوتے ہوئے کوئی مہم نہیں دیکھی۔ لانے کے لیے ایک بار کنکٹ کریں۔</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>کام دینے والے کسی بھی وقت مہمیں ڈالتے ہیں۔ تھوڑی دیر میں پھر دیکھیں۔</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>پھر دیکھیں</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>آپ کے فلٹر کے مطابق کوئی مہم نہیں</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>کسی مہم میں یہ الفاظ نہیں</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>سب دکھائیں</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>آپ کے پہلے قدم</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>سب صفحے</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>تصویر: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>پچھلا صفحہ: %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>اگلا صفحہ: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>ملا</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>کچھ نہیں ملا</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>ایک چھوٹا لفظ آزمائیں، جیسے “اجرت”، یا سب صفحے دیکھ لیں۔</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>سب صفحے</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>مدد</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>مدد میں تلاش کریں (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>سب صفحے</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>بند کریں</translation>
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
            <translation>ہوم</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>پھر کوشش کریں</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>تین مثالوں سے شروع کریں</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>آپ کے جواب بھیجنے کے لیے تیار ہیں</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>اپنے پہلے ٹاسک لیں</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>یہاں ابھی کوئی ٹاسک نہیں</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>کچھ آپ کے انتظار میں نہیں</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>ایک منٹ لگتا ہے، نہ کچھ ملتا ہے نہ کوئی خطرہ ہے۔</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>مہر لگانے سے ان پر دستخط ہوتے ہیں؛ کنکشن ملتے ہی یہ چلے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>ٹاسکوں کی ایک کھیپ لیں؛ یہاں آ جائے تو آپ بغیر نیٹ ورک کے کام کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>درستی کے لیے واپس آئے</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>مشق کریں</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>جاری رکھیں</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>آج کی کمائی</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>سات دن میں %1</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>چینل سے ثابت شدہ</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>بھیجنے کے انتظار میں</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>پچھلے چند دن</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>روزانہ کی کمائی</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>دن</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>آپ کی پہلی کمائی یہاں دن بہ دن دکھائی دے گی۔</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>آپ کا مقام</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>آپ جائزہ لے سکتے ہیں</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>ثبوت دیکھیں</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>آؤٹ باکس میں دیکھیں</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>تصویر</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>یہ تصویر نہیں دکھائی جا سکتی۔</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>بٹن</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>جو بٹن رکھنا ہے وہ دبائیں۔ Escape سے وہی رہے گا جو ہے۔</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>‏Enter سے آپشن کا بٹن بدلتا ہے، Delete سے اس کا عام بٹن واپس آتا ہے۔</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>آپشن اور ان کے بٹن</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>ہو گیا</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>سب عام بٹن واپس لائیں</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>نیا بٹن دبائیں</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>بٹن %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>کوئی بٹن نہیں</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>زبان</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>کھل رہا ہے…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>ہوم</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>کام</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>جائزہ</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>آؤٹ باکس</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>کمائی</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>اعتماد</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>سیٹنگز</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>مدد</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>پھر کوشش کریں</translation>
        </message>
    </context>
    <context>
        <name>MarkRow</name>
        <message>
            <source>%1: 1, %2</source>
            <translation>‏%1: 1، %2</translation>
        </message>
        <message>
            <source>%1: 5, %2</source>
            <translation>‏%1: 5، %2</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>1 %1, 5 %2</source>
            <translation>‏1 %1، 5 %2</translation>
        </message>
    </context>
    <context>
        <name>NavRail</name>
        <message>
            <source>Pages</source>
            <translation>صفحے</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>مشق کا نیٹ ورک</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>اطلاعات</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>اطلاعات کی سیٹنگز</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>بند کریں</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>ابھی کوئی اطلاع نہیں</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>نیا کام، فیصلے، آخری مہلتیں اور اجرت کی خبر یہاں ملتی ہے۔</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>سب کو پڑھا ہوا مانیں</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>نیا</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>دکھائیں</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>سب %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>بھیجنے ہیں %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>انتظار میں %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>مسترد %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>منظور %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>مہم سے تلاش کریں (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>مہم سے تلاش کریں</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>کام دینے والے کو پیغام</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>مسئلے کی شکایت کریں</translation>
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
            <translation>درست کریں</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>اپیل کریں…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>آپ کی اپیل</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>کیا ہوا</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>کانٹریکٹ کے پاس لے جائیں…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>واپس لیں</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>نیا پیغام</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>‏%1 کے لیے مزید</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>ٹاسک میں نشان زدہ: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>رہنے دیں</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>آؤٹ باکس</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>بغیر نیٹ ورک…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>بھیج رہے ہیں…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>ابھی بھیجیں</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>پھر کوشش کریں</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>یہاں صرف تازہ ترین درج ہیں۔ پرانا ڈھونڈنے کے لیے اس کی مہم تلاش کریں۔</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>ابھی کچھ نہیں کیا</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>مکمل ٹاسک اور جائزے بھیجے جانے تک یہاں رکتے ہیں، اور ادائیگی تک رہتے ہیں۔</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>یہاں کچھ نہیں</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>اس وقت کوئی ٹاسک اس حال میں نہیں۔</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>سب دکھائیں</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>مسودہ</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>مہر لگی</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>بھیجا گیا</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>فیصلہ ہوا</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>ادا ہوا</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>ابھی مکمل نہیں</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>5 میں سے قدم %1: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>لکھا ہوا دکھائیں</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>لکھا ہوا چھپائیں</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>مسترد</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>اپیل</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>دوسرے پھر فیصلہ کرتے ہیں</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>منظور</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>وصول کریں</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>فیس</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>آپ کو ملے گا</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>سڑک کے بورڈ</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>‏%1 GEM/گھنٹہ</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>داؤ نہیں</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>ٹاسک لیں</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>جاری رکھیں</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>آج کی کمائی</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>آج ہی بھیجیں</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>یہ کمپیوٹر</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>‏USB اسٹک</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>نیٹ ورک والا کمپیوٹر</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>سڑک کے بورڈ</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>بھیجے جانے کا منتظر</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>مسترد</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>ادا ہوا</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>مسترد جواب</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>ادائیگی کا وقت</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>ابھی موجود رقم</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>آپ کی ریٹنگ</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>نیلا</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>منظور کریں</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>مسترد کریں</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>ہدایت کے مطابق نہیں</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>پڑھنا</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>کام اور ڈیٹا</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>کاغذ پر بارہ الفاظ</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>حفاظت میں</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>والیٹ کی حدیں</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>درجہ %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>آپ جائزہ لے سکتے ہیں</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>نیا ورژن ڈھونڈیں</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>ڈاؤن لوڈ کریں</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>اگلی بار شروع ہوگا</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>‏Gems بنانے والوں کے دستخط ہیں</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>زبان</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>نیا والیٹ</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>کاغذ پر بارہ الفاظ</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>نہ تصویر، نہ پیغام</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>گاڑی کا رنگ کیا ہے؟</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>لال</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>نیلا</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>باقی وقت</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>پلیئر</translation>
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
            <translation>روکیں (Space؛ لکھتے وقت Ctrl+Space)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>چلائیں (Space؛ لکھتے وقت Ctrl+Space)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>ایک تصویر پیچھے</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>ایک تصویر آگے</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>آہستہ</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>رفتار %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>تیز</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>آواز کی سطح</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>آواز</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>ٹکڑا</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>چنا ہوا ٹکڑا چلائیں (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>بار بار</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>آواز کا کوئی آلہ نہیں: بغیر آواز چل رہا ہے۔</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>مشق</translation>
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
            <translation>اگلی مثال</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>بٹن</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>زوم</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>پوری تصویر دکھائیں</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>چنی ہوئی چیز ہٹائیں</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>مشق · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>مشق</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>مشق چھوڑیں</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>واپس مہم پر</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>مشق میں نہ کچھ ملتا ہے نہ کچھ لگتا ہے۔ %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>جانچ رہے ہیں…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>ان کی جانچ کرائیں</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>واپس</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>آپ کامیاب ہو گئے</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>ابھی کافی نہیں</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>اصلی ٹاسک بھی اسی طرح ہوتے ہیں، اور ان کے پیسے ملتے ہیں۔ اب پہلے ٹاسک چنیں۔</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>اب آپ اس مہم کے ٹاسک لے سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>اشارے پڑھیں اور مثالیں ایک بار پھر کریں؛ آپ جتنی بار چاہیں کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>واپس مہم پر</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>مثالیں پھر کریں</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>نئی پروفائل</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>پروفائل کا نام بدلیں</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>یہ خالی شروع ہوتی ہے، اس کا والیٹ اور پاس ورڈ اپنا ہوتا ہے۔</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>صرف نام بدلتا ہے؛ فولڈر اور والیٹ جہاں ہیں وہیں رہتے ہیں۔</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>بنائیں اور کھولیں</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>نام بدلیں</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>نام، کسی بھی رسم الخط میں</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>‏%1 کو الگ رکھ دیں؟</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>اس کا پورا فولڈر والیٹ سمیت فہرست سے ہٹا دیا جاتا ہے۔ کچھ مٹایا نہیں جاتا؛ کہاں پڑا ہے، یہ بعد میں دکھایا جاتا ہے۔</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>الگ رکھیں</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>تصدیق کے لیے %1 لکھیں</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>اس کمپیوٹر کی پروفائلیں</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>ہر پروفائل کا اپنا فولڈر، والیٹ اور پاس ورڈ ہے۔ پاس ورڈ کے بغیر کوئی دوسرے کا کام نہیں دیکھ سکتا۔</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>‏%1 (ابھی کھلی ہے)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>کھولیں</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>‏%1 کھولیں</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>نام بدلیں…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>‏%1 کا نام بدلیں</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>الگ رکھیں…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>‏%1 کو الگ رکھیں</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>والیٹ سمیت اس فولڈر میں الگ رکھ دی گئی: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>نئی پروفائل…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>آؤٹ باکس پر جائیں</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>یہ شرح پرانی ہے۔</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>رقمیں %1 میں بھی دکھائیں</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>اس کام دینے والے کو ریٹ کریں</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>نہیں، شکریہ</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>پڑھنا روکیں</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>آواز سے پڑھیں</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>اپنے نکالے جانے پر اپیل کریں</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>آپ کا کام پھر کیوں دیکھا جائے</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>یہ پلیٹ فارم چلانے والے کے پاس جاتی ہے اور کنکشن چاہیے۔ %2 میں سے %1 حروف۔</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>بھیج رہے ہیں…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>اپیل بھیجیں</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>بلاک چین پر جانچا گیا</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>کل %n ٹاسک۔</numerusform>
                <numerusform>کل %n ٹاسک۔</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>مہم</translation>
        </message>
        <message>
            <source>What</source>
            <translation>کیا</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>پلیٹ فارم، GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>بلاک چین، GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>موازنہ</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>بلاک چین پر ادائیگی کمائی کے پیچھے چلتی ہے: پیچھے رہ سکتی ہے، آگے کبھی نہیں جاتی۔</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>یہ فیصلہ کیسے کرتے ہیں</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>مسترد کرنے کا فیصلہ دوسرے کارکنوں کے پینل کرتے ہیں، اکیلا کام دینے والا نہیں۔</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>کتنی جلدی ادائیگی کرتے ہیں</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>ادا ہوا</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>ٹاسک</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>حصہ</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>ابھی کچھ معلوم نہیں: اس کام دینے والے کے کسی ٹاسک کی ادائیگی نہیں ہوئی۔</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>کارکن کیا کہتے ہیں</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>اس کام دینے والے کو ریٹ کریں</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>آپ نے یہاں کام کیا ہے، اس لیے رائے دے سکتے ہیں: ہر مہم کے لیے ایک بار، اور رائے بدل بھی سکتے ہیں۔ کام دینے والا صرف گنتی دیکھتا ہے۔</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>مہم</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>اجرت</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>بہت ہی کم</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>بہت اچھی</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>وضاحت</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>سمجھنا مشکل</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>بہت واضح</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>رفتار</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>بہت دیر سے ادائیگی</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>فوراً ادائیگی</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>انصاف</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>ناانصافی</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>بہت منصفانہ</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>ریٹنگ بھیجیں</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>کام دینے والے کی رپورٹ</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>فیصلوں اور ادائیگیوں کے حقائق؛ کارکنوں کی رائے الگ لکھی ہے۔</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>سب کام دینے والے</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>واپس کام ڈھونڈنے پر</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>پھر کوشش کریں</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>جن کے پاس کام ہے</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>ابھی کسی مہم کا پتا نہیں۔ پہلے کام ڈھونڈیں۔</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>کام دینے والا</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>مہمیں</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>پھر سے پیش کریں</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>اس کام دینے والے کو بلاک کریں</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>بلاک: اس کام دینے والے کا کام آپ کو پیش نہیں ہوتا۔</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>ادا کیا گیا</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>کل، سب کو</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>فی گھنٹہ اجرت</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>جائزہ کار، فی گھنٹہ</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>ادائیگی کا وقت</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>ابھی موجود رقم</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>آپ اپنے جواب پر %1 GEM داؤ پر لگاتے ہیں۔</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>کیا یہ جواب درست ہے؟</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>منظور کریں</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>مسترد کریں…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>چھوڑیں</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>کیا پوچھا گیا تھا</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>آپ اپنے فیصلے پر %1 GEM داؤ پر لگاتے ہیں۔</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>%n جائزہ ہو گیا</numerusform>
                <numerusform>%n جائزے ہو گئے</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>آپ ابھی جائزہ نہیں لے سکتے</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>دوسروں کے کام کا جائزہ لیں</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>مہر لگانے سے آپ کے فیصلوں پر آپ کی چابی سے دستخط ہوتے ہیں؛ کنکشن ملتے ہی وہ چلے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>جانچے ہوئے درست ٹاسک آپ کا اعتماد اسکور بڑھاتے ہیں؛ کافی ہو جائیں تو آپ جائزہ لے سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>کنکشن ملتے ہی جائزے لیے جا سکتے ہیں۔ جو لے چکے ہیں وہ اس کے بغیر بھی ہو سکتے ہیں۔</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>آپ ہدایت اور جواب دیکھتے ہیں، یہ نہیں کہ کس نے دیا۔ اجرت اور آپ کا داؤ ہر ایک کے ساتھ بتایا جاتا ہے۔</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>مہر لگا کر بھیج رہے ہیں…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>بھیجنے کے لیے مہر لگائیں</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>مہر لگا کر بھیجیں</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>مشقی جائزہ کار کے ساتھ آزمائیں</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>جائزے مانگ رہے ہیں…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>10 جائزے لیں</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>میرا اعتماد اسکور کیسے بڑھتا ہے</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>جائزہ جاری رکھیں</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>آخری فیصلہ واپس لیں</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>100 جائزے لیں</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>اس نشست میں</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>کیا غلط ہے؟</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>پہلے وجہ چنیں: جواب دینے والے کو پتا ہونا چاہیے کہ کیا درست کرنا ہے۔</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>جگہ پر کلک کریں، یا اس پر Enter دبائیں</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>ایک اور جگہ پر نشان لگائیں</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>غلطی کی جگہ پر نشان لگائیں</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>نشان زدہ: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>نشان ہٹائیں</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>جواب دینے والے کے لیے بات (اختیاری)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>مسترد کریں</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>منسوخ کریں</translation>
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
            <translation>آخری واپس کریں</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>ہدایات</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>ابھی کے لیے کافی ہے</translation>
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
            <translation>آپ مشقی جائزہ کار کے طور پر کام کر رہے ہیں، اپنے اکاؤنٹ سے نہیں۔</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>واپس میرے اکاؤنٹ پر</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>آپ کے خفیہ الفاظ اسکرین پر ہیں۔ یہ اونچی آواز میں نہیں پڑھے جاتے۔</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>بلاک اور چھپے ہوئے</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>یہ کام آپ کو پیش نہیں ہوتا، اور اس کا کچھ بھی نہیں منگوایا جاتا۔ جو ٹاسک آپ لے چکے ہیں وہ آپ ہی کے رہتے ہیں۔ یہ بات صرف یہ کمپیوٹر جانتا ہے۔</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>واپس کام ڈھونڈنے پر</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>بلاک</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>چھپی ہوئی</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>پھر سے پیش کریں</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>کچھ بلاک یا چھپا ہوا نہیں</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>تعارف</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>ورژن</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>پروفائل</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>لائسنس</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>‏Qt (LGPL)، IBM Plex Sans (OFL) اور Lucide (ISC) آئیکن سے بنا۔ آپ کا کوئی ڈیٹا اس کمپیوٹر سے باہر نہیں جاتا، سوائے اس کے جو ٹاسک کو چاہیے۔</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>پتوں کی کتاب</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>ہٹائیں</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>‏%1 ہٹائیں</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>پتا شامل کریں</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>ایک بار پھر ملا لیں: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>نام، جیسے “بچت”</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>پتے کا نام</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>پتا، 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>پتا</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>والیٹ کی اپنی کھڑکی میں پوچھ رہے ہیں</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>شامل کریں</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>کیا سب کچھ ٹھیک ہے؟</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>جانچ رہے ہیں…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>یہ سیٹ اپ جانچیں</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>رپورٹ بنائیں…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>اس کمپیوٹر، آپ کی پروفائل اور نیٹ ورک کو دیکھتا ہے، کچھ نہیں بدلتا، اور لفظوں میں بتاتا ہے کہ کیا خرابی ہے۔</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>وصولیاں</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>خود وصول کریں جب ہو جائیں</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>0 سے کبھی خود وصولی نہیں ہوتی۔ یہ اس وقت تک بھی رکتا ہے جب تک فیس آنے والی رقم کا زیادہ سے زیادہ 5 % نہ ہو۔</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>خود وصول کریں جب اتنے ہو جائیں، GEM میں</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>رکھیں</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>ادائیگی چینل</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>آپ کی بندش بلاک چین کے راستے میں ہے۔</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>جب اس پلیٹ فارم کے لیے کام چھوڑیں تو چینل بند کر دیں: آپ کی ضمانت گیس کوائن کے بغیر واپس آ جاتی ہے، چاہے پلیٹ فارم مزید کچھ نہ کرے۔</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>چینل بند کریں…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>اپنا ادائیگی چینل بند کریں؟</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>چینل بند کریں</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>آپ کیا دیکھنے کو تیار ہیں</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>پریشان کرنے والے ٹاسک اس وقت تک ڈھکے رہتے ہیں جب تک آپ نہ کھولیں۔ جو یہاں بند کر دیں وہ آپ کو دیا ہی نہیں جاتا۔</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>حفاظت میں</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>واؤچر کسی کے بھی ہاتھ سے اتنا ہی قیمتی ہے اور پیسے صرف آپ کو دیتا ہے۔ یہ کمپیوٹر خراب ہو جائے تو دوسری جگہ رکھی نقلیں آپ کی کمائی بچا لیتی ہیں۔</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>ہٹائیں</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>نگران ٹاور %1 ہٹائیں</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>ایک اور نگران ٹاور</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>کوئی بھی پلیٹ فارم دوسروں کے واؤچر رکھ سکتا ہے: اس کا پتا لکھیں۔</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>نگران ٹاور کا پتا</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>شامل کریں</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>اس فولڈر میں فائل کی شکل میں بھی</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>ہر نیا واؤچر وہاں لکھا جاتا ہے۔ خالی ہو تو فائل نہیں بنتی۔</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>واؤچر کی فائل کا فولڈر</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>رکھیں</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>ابھی فائل لکھیں</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>نیا تر واؤچر ڈھونڈیں</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>بیک اپ کی فائل میں یا نگران ٹاور پر: فائل کا پاتھ یا ٹاور کا پتا لکھیں۔ صرف وہی رکھا جاتا ہے جس پر پلیٹ فارم کے دستخط ہوں۔</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>نیا تر واؤچر رکھنے والی فائل یا نگران ٹاور</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>دیکھیں</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>آپ کی اپنی کرنسی</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>رقمیں اس کرنسی میں بھی دکھائیں</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>‏GEM پہلے ہی رہتا ہے۔ دوسری رقم صرف اس کی تقریباً قیمت ہے: اس سے نہ کچھ ادا ہوتا ہے نہ دستخط۔</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>دوسری</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>کوئی اور کرنسی: اس کے تین حروف، جیسے KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>‏1 GEM کی قیمت</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>آپ کا اپنا عدد پلیٹ فارم کے عدد سے پہلے مانا جاتا ہے۔ پلیٹ فارم کا عدد لینے کے لیے اسے خالی چھوڑیں۔</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>‏1 GEM کی قیمت، %1 میں</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>رکھیں</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>استعمال شدہ ڈیٹا</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>آج</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>پچھلے 14 دن</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>دن کے حساب سے ڈیٹا</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>دن</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>ابھی نہ کچھ بھیجا گیا نہ منگوایا گیا۔</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>ہر درخواست کی ابتدائی سطریں بھی گنی گئی ہیں، لیکن وہ نہیں جو آپ کا نیٹ ورک پہنچانے کے لیے بڑھاتا ہے (تقریباً 3 سے 5 %)۔</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>آپ کا والیٹ اور کام کہاں رکھا ہے</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>اس پروفائل کا فولڈر</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>نیا ورژن اس فولڈر میں کچھ نہیں بدلتا، اور پروگرام ہٹانے پر بھی یہ وہیں رہتا ہے۔</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>فولڈر تبھی مٹائیں جب آپ کے بارہ الفاظ کاغذ پر ہوں اور کچھ بھی بھیجنا یا پیسے ملنا باقی نہ ہو۔</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>بلاک چین نوڈ</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>ہٹائیں</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>بلاک چین نوڈ %1 ہٹائیں</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>ایک اور بلاک چین نوڈ</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>بلاک چین نوڈ کا پتا</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>شامل کریں</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>پھر نیٹ ورک والے ہی استعمال کریں</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>جہاں کام کیا ہے وہاں نیا کام</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>فیصلے اور اپیلیں</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>ٹاسک جن کا وقت جلد ختم ہوگا</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>اجرت اور وصولیاں</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>اطلاعات</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>یہ سسٹم نوٹیفکیشن نہیں دکھاتا۔ اطلاعات گھنٹی کے نیچے ملتی ہیں۔</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>اطلاعات کھڑکی کے باہر بھی دکھائیں</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>کوئی آپ کا ادائیگی چینل بند کرے تو آپ کو ہمیشہ بتایا جاتا ہے، خاموشی کے اوقات میں بھی۔</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>رقمیں کھڑکی کے باہر دکھائیں</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>چھوٹی سی آواز کے ساتھ</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>آزما کر دیکھیں</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>پاس ورڈ بدلیں</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>چابی فائل میں ایکسپورٹ کریں</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>موجودہ پاس ورڈ</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>فائل کے لیے پاس ورڈ</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>نیا پاس ورڈ</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>وہی پاس ورڈ دوبارہ</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>ایکسپورٹ کریں اور والیٹ کی اپنی کھڑکی میں تصدیق کریں</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>بدل دیں</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>نیٹ ورک</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>پلیٹ فارم</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>مشق کا نیٹ ورک: ان GEM کی کوئی قیمت نہیں</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>آف لائن کام کریں: جب تک یہ بند نہ ہو خود سے کچھ نہ بھیجیں نہ لیں</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>ہر چیز کے لیے پراکسی</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>‏http://host:port یا socks5://name:password@host:port جیسا پتا۔ یہاں کچھ نہ ہو تو آپ کے سسٹم کی پراکسی استعمال ہوتی ہے۔ جو اس کمپیوٹر کے اندر رہتا ہے وہ کبھی اس سے نہیں گزرتا۔</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>پراکسی کا پتا</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>استعمال کریں</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>خاموشی کے اوقات</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>ان اوقات میں کھڑکی کے باہر کچھ نہ دکھائیں</translation>
        </message>
        <message>
            <source>From</source>
            <translation>کہاں سے</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>خاموشی کا آغاز</translation>
        </message>
        <message>
            <source>To</source>
            <translation>کس کو</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>خاموشی کا اختتام</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>جب کھڑکی بند کی جائے</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>‏Gems کو ٹرے میں دکھائیں</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>کھڑکی بند کرنے پر Gems ٹرے میں چلتا رہے</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>جس سسٹم میں ٹرے نہ ہو وہاں کھڑکی بند کرنے سے Gems بند ہو جاتا ہے۔</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>پڑھنا</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>زبان</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>ترجمہ مشین نے کیا ہے؛ کسی اہلِ زبان نے ابھی نہیں دیکھا۔ جہاں بات واضح نہ ہو وہاں انگریزی متن ہی مانا جائے گا۔</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>متن کا سائز</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>رنگ</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>سسٹم کی طرح</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>روشن</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>گہرا</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>تیز کنٹراسٹ</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>کوئی چیز خود نہ ہلے</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>والیٹ کی حدیں</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>آپ کی حدوں والی فائل بدلی گئی ہے یا آپ کے والیٹ سے پرانی ہے۔ یہ نئے سرے سے شروع ہوتی ہے: پتوں کی کتاب خالی ہے، اور جب تک آپ حد نہ لگائیں ہر چیز پوچھی جائے گی۔</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>اتنی دیر کوئی بٹن یا کلک نہ ہو تو لاک کریں</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>کبھی نہیں</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>‏%1 منٹ</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>ایک دن میں بغیر پوچھے اتنا جا سکتا ہے</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>روزانہ کی حد، GEM میں</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>لگائیں</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>نیا پتا انتظار کرے</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>تب تک اس پر ہر ادائیگی پوچھی جاتی ہے۔ اس سے آپ کو وہ پتا پکڑنے کا وقت ملتا ہے جو آپ نے شامل نہیں کیا۔</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>بالکل نہیں</translation>
        </message>
        <message>
            <source>%1 h</source>
            <translation>‏%1 گھنٹے</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>Reading</source>
            <translation>پڑھنا</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>کام اور ڈیٹا</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>اطلاعات</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>حفاظت</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>پیسے</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>نیٹ ورک</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>پروفائلیں</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>نئے ورژن</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>مدد</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>سیٹنگز</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>ہر تبدیلی فوراً محفوظ ہو جاتی ہے۔</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>سیٹنگز کے حصے</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>ضمانت</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>نئے ورژن</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>آپ کو کچھ نہیں کرنا۔ وہ ورژن پھر پیش نہیں ہوگا۔</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>ورژن</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>ڈاؤن لوڈ جاری رکھیں</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>ڈاؤن لوڈ کریں</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>روکیں؛ بعد میں جاری رکھیں</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>پھر دیکھیں</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>نیا ورژن ڈھونڈیں</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>دن میں ایک بار خود ڈھونڈے، مگر جہاں میگا بائٹ کے پیسے لگتے ہیں وہاں کبھی نہیں</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>‏USB اسٹک یا فولڈر سے…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>‏USB اسٹک یا فولڈر سے</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>یہ کہیں سے بھی آئے، اس پر Gems بنانے والوں کے دستخط ہونے چاہئیں۔</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>نئے ورژن والا فولڈر</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>وہاں ڈھونڈیں</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>پھر نیٹ ورک سے</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>آواز سے پڑھنا</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>ہدایات اور ٹاسک آواز سے پڑھنے کی سہولت دیں</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>اس سسٹم میں کوئی آواز نہیں۔ speech-dispatcher اور espeak-ng انسٹال کریں، پھر Gems دوبارہ کھولیں۔</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>اس سسٹم میں کوئی آواز نہیں۔ سسٹم کی سیٹنگز میں آواز شامل کریں، پھر Gems دوبارہ کھولیں۔</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>‏F8 سے پڑھنا شروع اور بند ہوتا ہے۔ خود سے کچھ نہیں پڑھا جاتا۔</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>رفتار فیصد میں</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>والیٹ اور سیکیورٹی</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>آپ کا پتا</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>ابھی لاک کریں</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>آپ کے خفیہ الفاظ آپ کے کاغذ پر ہیں۔ یہاں کہیں نہیں دکھائے جاتے، اور Gems کا کوئی شخص انہیں نہیں مانگے گا۔</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>کام اور ڈیٹا</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>جن مہموں میں کام کرتا ہوں ان سے مزید ٹاسک خود لائے جائیں</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>اتنے دن کا کام یہاں رکھیں</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>کام کے دن</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>زیادہ سے زیادہ ڈاؤن لوڈ، میگا بائٹ فی دن</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>میگا بائٹ فی دن</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>ایسے نیٹ ورک پر بھی جہاں میگا بائٹ گنے جاتے ہیں</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>اس نیٹ ورک پر میگا بائٹ گنے جاتے ہیں</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>ٹاسک کی مہلت ختم ہونے سے اتنے گھنٹے پہلے خبردار کریں</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>ٹاسک ختم ہونے سے پہلے کے گھنٹے</translation>
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
            <translation>شروع ہو رہا ہے</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>پھر کوشش کریں</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>اپ ڈیٹ سے پہلے کی نقل سے جاری رکھیں</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>اپ ڈیٹ سے پہلے کی نقل سے جاری رکھیں؟</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>اس کے بجائے نیا ورژن شروع کرنے سے کچھ ضائع نہیں ہوتا۔</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>نقل سے جاری رکھیں</translation>
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
            <translation>حال</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>بھیجنے کو کچھ باقی نہیں</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>%n جواب بھیجنا ہے</numerusform>
                <numerusform>%n جواب بھیجنے ہیں</numerusform>
            </translation>
        </message>
        <message>
            <source>Balance %1 %2</source>
            <translation>بیلنس %1 %2</translation>
        </message>
    </context>
    <context>
        <name>StoryMessage</name>
        <message>
            <source>Marked in the task: %1</source>
            <translation>ٹاسک میں نشان زدہ: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>یہ مجھے کیسے معلوم ہے؟</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>ثبوت فائل میں محفوظ کریں</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>کام دینے والے کے ساتھ پیغامات</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>کام دینے والا صرف آپ کی لکھی بات دیکھتا ہے، آپ کا نام یا پتا نہیں۔</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>پیغام بھیجیں</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>بند کریں</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>یہاں کے نئے پیغامات کی خبر دیں</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>اب یہاں کے پیغامات کی خبر نہ دیں</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>یہ اگلے کنکشن پر چلا جاتا ہے۔ %2 میں سے %1 حروف۔</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>آپ کا پیغام</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>واپس لیں</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>مسئلے کی شکایت کریں</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>%n ٹکڑے والی ریکارڈنگ</numerusform>
                <numerusform>%n ٹکڑوں والی ریکارڈنگ</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>ریکارڈنگ</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>‏%1 اور %2 ٹکڑے کا آغاز اور انجام طے کرتے ہیں، Enter نشان لگاتا ہے، Tab ٹکڑوں میں گھومتا ہے، Delete ٹکڑا ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>‏Space چلاتا ہے، تیر ایک سیکنڈ جاتے ہیں، Shift کے ساتھ پانچ، Ctrl کے ساتھ دسواں حصہ؛ پلس اور مائنس قریب اور دور کرتے ہیں، 0 سب دکھاتا ہے۔</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>ایک ٹکڑا چنا ہوا ہے: اس کے کنارے کھینچیں یا %1 اور %2 دبائیں، لیبل اسے بدلتا ہے، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>لیبل چنیں، پھر لہر پر کھینچیں، یا چلتے ہوئے %1 اور %2 دبائیں، پھر Enter۔</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>کھلا ہوا</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>سمٹا ہوا</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>پچھلا مہینہ (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>اگلا مہینہ (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>لازمی</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>اس کا جواب دینا لازمی ہے</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>پیغامات</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>تیر سے چنیں۔</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>تیر پیغام چنتے ہیں، E سے اپنا پیغام بدلیں، Delete سے ہٹائیں، Escape سے چناؤ ختم کریں۔</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>پیغامات: %1، کم از کم %2</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>پیغامات: %1، زیادہ سے زیادہ %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>کون کہتا ہے</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>لکھیں کہ %1 کیا کہتا ہے</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>پیغام لکھیں</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>کہیں</translation>
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
            <translation>جو جو درست ہوں سب چنیں</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>ایک چنیں</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>وقت</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>تاریخ</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>تاریخ سال-مہینہ-دن کی شکل میں لکھیں، جیسے 2025-03-31۔</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>سال اور مہینہ لکھیں، جیسے 2025-03۔</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>سال چار ہندسوں میں لکھیں۔</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>وقت گھنٹے اور منٹ میں لکھیں، جیسے 14:05۔</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>یہ تاریخ نہیں دی جا سکتی۔ %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>ایسی کوئی تاریخ یا وقت نہیں۔</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>تاریخ رہ گئی ہے۔</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>وقت رہ گیا ہے۔</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>‏%1 سے %2 تک</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>‏%1 یا اس کے بعد</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>‏%1 یا اس سے پہلے</translation>
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
            <translation>کیلنڈر سے چنیں (خانے میں نیچے کا تیر)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>صاف کریں</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>‏%1 کے طور پر محفوظ</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>دوسرا جواب چھپائیں</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>فرق دکھائیں</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>‏%1: ایک جیسا</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>‏%1 (نقطہ دار لکیر): %n فرق</numerusform>
                <numerusform>‏%1 (نقطہ دار لکیر): %n فرق</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>فرق</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>اس کمپیوٹر پر محفوظ</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>محفوظ ہو رہا ہے…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>ابھی محفوظ نہیں</translation>
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
                <numerusform>ٹاسک کی تصویر، %n حصے کے ساتھ</numerusform>
                <numerusform>ٹاسک کی تصویر، %n حصوں کے ساتھ</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>ٹاسک کی تصویر</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>دور کریں (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>سب دکھائیں (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>قریب کریں (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>پلس اور مائنس سے زوم، 0 سے پوری تصویر، M دبائے رکھنے سے بڑا کر کے دیکھیں۔</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>‏N سے باکس بنتا ہے، Tab حصوں میں گھومتا ہے۔</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>‏N سے بیضوی شکل بنتی ہے، Tab حصوں میں گھومتا ہے۔</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>کونوں پر کلک کریں، یا پہلا N سے لگائیں۔ Tab حصوں میں گھومتا ہے۔</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>‏N سے نقطہ لگتا ہے، تیر اسے ہلاتے ہیں۔ Tab حصوں میں گھومتا ہے۔</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>تیر کرسر ہلاتے ہیں، Space رنگ بھرتا ہے، [ اور ] برش بدلتے ہیں، E مٹاتا ہے، N نیا ماسک شروع کرتا ہے۔</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>تیر باکس ہلاتے ہیں، Shift کے ساتھ سائز بدلتے ہیں، [ اور ] گھماتے ہیں، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>تیر بیضوی شکل ہلاتے ہیں، Shift کے ساتھ سائز بدلتے ہیں، [ اور ] گھماتے ہیں، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>تیر اسے ہلاتے ہیں؛ کوما اور فل اسٹاپ کونا چنتے ہیں جسے تیر ہلاتے ہیں، I اس کے بعد ایک کونا لگاتا ہے اور Delete اسے نکالتا ہے۔ [ اور ] گھماتے ہیں۔</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>تیر نقطہ ہلاتے ہیں، Shift کے ساتھ چوڑائی بدلتے ہیں، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>تیر کرسر ہلاتے ہیں، Space اس ماسک پر رنگ بھرتا ہے، E مٹاتا ہے، N نیا ماسک شروع کرتا ہے، Delete اس کو ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>ماسک میں اتنی باریکی ہے کہ بھیجا نہیں جا سکتا۔ اسے چوڑے برش سے بنائیں۔</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>جگہ پر کلک کریں، یا تیروں سے کرسر وہاں لے جا کر Enter دبائیں۔</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>کلک یا N کونا لگاتا ہے، تیر آخری کونا ہلاتے ہیں، Backspace اسے واپس لیتا ہے، Enter یا پہلے کونے پر کلک شکل بند کرتا ہے، Escape کثیر الاضلاع چھوڑ دیتا ہے۔</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>باکس</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>بیضوی</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>کثیر الاضلاع</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>نقطہ</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>برش</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>تصویر کے اوزار</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>ربڑ</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>برش: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>صفحے</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>پچھلا صفحہ (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>‏%2 میں سے %1</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>اگلا صفحہ (Page Down)</translation>
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
            <translation>لیبل چنیں، پھر تصویر پر باکس کھینچیں (یا وہاں N دبائیں)۔</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>لیبل چنیں، پھر تصویر پر بیضوی شکل کھینچیں۔</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>لیبل چنیں، پھر تصویر پر شکل کے کونوں پر کلک کریں۔</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>لیبل چنیں، پھر تصویر پر نقطے پر کلک کریں۔</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>لیبل چنیں، پھر تصویر پر رنگ بھریں۔</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>لیبل چنیں، پھر متن میں الفاظ چنیں۔</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>لیبل چنیں، پھر چارٹ پر کھینچیں۔</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>لیبل چنیں، پھر آواز پر کھینچیں۔</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>لیبل چنیں، پھر ٹائم لائن پر کھینچیں۔</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>لیبل چنیں، پھر فلم پر باکس کھینچیں۔</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>ایک باکس چنا ہوا ہے: لیبل اسے بدلتا ہے، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>ایک نشان چنا ہوا ہے: لیبل اسے بدلتا ہے، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>لیبل</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>جتنی بار ہو سکتا تھا استعمال ہو چکا</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>صارف</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>اسسٹنٹ</translation>
        </message>
        <message>
            <source>System</source>
            <translation>سسٹم</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>ٹول</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>ڈیولپر</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>دوسرے جواب میں یہ مختلف ہے</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>بدلیں (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>ہٹائیں (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>پیغام</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>محفوظ کریں (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>‏%1 سے %2 تک</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>‏%1 یا زیادہ</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>‏%1 یا کم</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>‏%1 کے قدموں میں</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>یہ عدد نہیں ہے۔</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>عدد کم از کم %1 ہونا چاہیے۔</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>عدد زیادہ سے زیادہ %1 ہونا چاہیے۔</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>عدد %1 کے قدم پر ہونا چاہیے۔</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>عدد</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>کم</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>ایک عدد</translation>
        </message>
        <message>
            <source>More</source>
            <translation>زیادہ</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>بہتر والا چنیں۔</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>دو میں سے ایک چنیں</translation>
        </message>
        <message>
            <source>First</source>
            <translation>پہلا</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>دوسرا</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>ایک تصویر</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>اس ٹاسک کی ایک تصویر نہیں دکھائی جا سکتی۔</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>روکیں</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>چلائیں</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>کرسر والا پیراگراف چلاتا ہے</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>ہر چیز کو اس کی جگہ کھینچ کر رکھیں، سب سے اچھی اوپر۔</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>چیزوں کو ترتیب سے کھینچ کر رکھیں، سب سے اچھی اوپر۔</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>کارڈ کی بورڈ سے ہلائیں، ہندسہ اسے جگہ پر رکھتا ہے</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>کارڈ کی بورڈ سے ہلائیں</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>یہ ترتیب درست ہے</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>ترتیب سے رکھی چیزیں</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>چیز</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>‏%2 میں سے جگہ %1</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>یہاں ابھی کچھ نہیں</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>ریٹنگ</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>ریٹ نہیں کیا۔ تیر ستارے دیتے ہیں، Delete واپس لیتا ہے۔</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>ریٹ نہیں کیا۔ ہندسے یا تیر ستارے دیتے ہیں، Delete واپس لیتا ہے۔</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>‏%2 میں سے %1 ستارے</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>‏%2 میں سے %1</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>ریٹ نہیں کیا</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>باکس</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>شکل</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>نقطہ</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>بیضوی</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>رنگا ہوا حصہ</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>الفاظ</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>ٹکڑا</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>چلتا باکس</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>نشان</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>‏%1، %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>چھپا ہوا</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>لاک</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>چھپائیں</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>دکھائیں</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>لاک کھولیں</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>لاک کریں</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>ہٹائیں</translation>
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
                <numerusform>نشان زدہ: %n</numerusform>
                <numerusform>نشان زدہ: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>سب چھپائیں</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>سب دکھائیں</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>جو نشان زدہ ہے</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>تیر چنتے ہیں، Delete ہٹاتا ہے، Alt+H چھپاتا ہے، Alt+L لاک کرتا ہے، Escape چناؤ ختم کرتا ہے۔</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>چھپائیں</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>ہٹائیں</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>لاک کریں</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>ابھی کسی پر نشان نہیں۔</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>دونوں طرف</translation>
        </message>
        <message>
            <source>to</source>
            <translation>تک</translation>
        </message>
        <message>
            <source>from</source>
            <translation>سے</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>رخ بدلیں (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>ہٹائیں (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>تعلقات: %n</numerusform>
                <numerusform>تعلقات: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>اس سے جوڑیں (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>جوڑیں (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>منسوخ کریں (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>‏%1 سے: دوسرے پر کلک کریں، یا اسے چن کر R دبائیں۔</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>نشان زدہ چیز چنیں، R دبائیں، پھر اس پر کلک کریں جس سے تعلق ہے۔</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>تعلقات</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>تیر سے چنیں۔</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>تیر چنتے ہیں، D رخ بدلتا ہے، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>تعلق کیا ہے</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>کچھ نہیں چنا</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>جو جو درست ہوں سب چنیں</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>ایک چنیں</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>تلاش کے لیے لکھیں</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>تیر کرسر ہلاتے ہیں، Shift کے ساتھ چنتے ہیں؛ Enter یا لیبل کا بٹن چنے ہوئے پر نشان لگاتا ہے۔ Tab نشانوں میں گھومتا ہے؛ Shift کے ساتھ تیر چنے ہوئے نشان کا آخر ہلاتے ہیں، Alt کے ساتھ تیر اس کا شروع، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>تیر کرسر ہلاتے ہیں، Shift کے ساتھ چنتے ہیں۔</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>%n قطار والا جدول</numerusform>
                <numerusform>%n قطاروں والا جدول</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>چنا ہوا</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>‏%1 واپس لیں</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>اقسام تلاش کریں</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>اقسام</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>تیر چلاتے ہیں، دایاں شاخ کھولتا ہے، بایاں بند کرتا ہے، Space چنتا ہے۔</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>کسی قسم کے نام میں یہ حروف نہیں۔</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>%n سے زیادہ نہیں چن سکتے۔</numerusform>
                <numerusform>%n سے زیادہ نہیں چن سکتے۔</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>ہلائیں</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>کھولیں، بند کریں</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>چنیں</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>اپنا جواب یہاں لکھیں</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>آپ کا جواب</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>یہ جواب ہٹائیں</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>ایک اور جواب شامل کریں</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>تصویر</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>یہ تصویر نہیں دکھائی جا سکتی۔</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>%n ٹکڑے والی پیمائشیں</numerusform>
                <numerusform>%n ٹکڑوں والی پیمائشیں</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>پیمائشیں</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>‏%1 اور %2 ٹکڑے کا آغاز اور انجام طے کرتے ہیں، Enter اس پر یا کرسر والے لمحے پر نشان لگاتا ہے، Tab ٹکڑوں میں گھومتا ہے، Delete ٹکڑا ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>تیر کرسر ہلاتے ہیں، Shift کے ساتھ دس دس؛ پلس اور مائنس قریب اور دور کرتے ہیں، 0 سب دکھاتا ہے۔</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>ایک ٹکڑا چنا ہوا ہے: اس کے کنارے کھینچیں یا %1 اور %2 دبائیں، لیبل اسے بدلتا ہے، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>لیبل چنیں، پھر گراف پر کھینچیں؛ ایک کلک ایک لمحے پر نشان لگاتا ہے۔</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>ڈھکا ہوا ٹاسک</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>یہ ٹاسک آپ کو پریشان کر سکتا ہے</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>یہ آپ کے کہنے تک ڈھکا رہتا ہے۔ اسے چھوڑنے پر کوئی خرچ نہیں۔</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>دکھائیں</translation>
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
            <translation>‏N باکس بناتا ہے، Tab باکسوں میں گھومتا ہے، تیر چنا ہوا باکس ہلاتے ہیں، Shift کے ساتھ تیر سائز بدلتے ہیں، %1 کلیدی فریم بناتا یا ہٹاتا ہے، %2 اسے غائب یا واپس کرتا ہے، Delete ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>‏Space چلاتا ہے، کوما اور فل اسٹاپ ایک تصویر چلتے ہیں؛ پلس اور مائنس سے زوم، 0 سے پوری تصویر۔</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>فلم</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>%n قطار والی ٹائم لائن</numerusform>
                <numerusform>%n قطاروں والی ٹائم لائن</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>ٹائم لائن</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>‏%1 اور %2 ٹکڑے کا آغاز اور انجام طے کرتے ہیں، Enter نشان لگاتا ہے، Tab ٹکڑوں میں گھومتا ہے، Delete ٹکڑا ہٹاتا ہے۔</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>تیر ایک تصویر چلتے ہیں، Shift کے ساتھ دس؛ Space چلاتا ہے۔</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>باکس</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>درمیان میں باکس (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>یہاں کلیدی فریم نہیں</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>یہاں کلیدی فریم ہے</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>اس تصویر کے بعد غائب</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>اس تصویر سے آگے موجود</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>کسی اور تصویر پر جا کر باکس ہلائیں: اس سے کلیدی فریم بنتا ہے، اور بیچ میں باکس برابر چلتا ہے۔</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>لیبل چنیں، پھر تصویر پر باکس کھینچیں۔</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>لیبل چنیں، پھر ٹائم لائن پر کھینچیں، یا %1 اور %2 دبائیں، پھر Enter۔</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>ٹاسک</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>حصہ %1 کے بارے میں</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>آغاز</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>چنا ہوا ٹکڑا یہاں سے شروع</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>ٹکڑا یہاں سے شروع</translation>
        </message>
        <message>
            <source>End</source>
            <translation>انجام</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>چنا ہوا ٹکڑا یہاں ختم</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>ٹکڑا یہاں ختم</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>نشان</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>آغاز سے انجام تک نشان لگائیں (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>اس لمحے پر نشان لگائیں (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>زیادہ وقت دکھائیں</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>پورا دکھائیں</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>قریب سے دیکھیں</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>واپس کریں</translation>
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
            <translation>‏%1 کو · فیس %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>اگلے دس ٹاسک کیا بدل سکتے ہیں</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>اچانک جانچ</translation>
        </message>
        <message>
            <source>From</source>
            <translation>کہاں سے</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>اچانک جانچ ہوئی</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>متوقع</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>اتفاق سے متوقع</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>ہر قرعہ اس کمپیوٹر پر پھر سے نکالا جاتا ہے، اس راز سے جو پلیٹ فارم نے آپ کے کام سے پہلے طے کر دیا تھا۔ کوئی قطار چنیں تاکہ اس کا ثبوت فائل میں محفوظ ہو اور کوئی اور بھی جانچ سکے۔</translation>
        </message>
        <message>
            <source>When</source>
            <translation>کب</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>مہم</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>امکان</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>قرعہ</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>بیج</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>کام کی قسمیں</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>درجہ %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>درجہ</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>درجہ %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>لیول جانچے ہوئے کام سے بنتا ہے اور کبھی نہیں گھٹتا؛ درجہ گھٹ سکتا ہے، اور بہتر درجہ تب آپ کا ہوتا ہے جب دس جانچے ہوئے ٹاسک تک قائم رہے۔</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>اعتماد</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>اس کمپیوٹر پر دستخط شدہ فیصلوں سے نکالا گیا؛ کوئی اسے یونہی نہیں لکھ سکتا۔</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>پلیٹ فارم سے ملائیں</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>پھر کوشش کریں</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>جو آپ نے کمایا وہ آپ ہی کا ہے۔ اگر پلیٹ فارم آپ کو نکال دے تو آپ یہاں اس کے چلانے والے سے اپیل کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>جو مسترد ہونا آپ کو غلط لگے، آؤٹ باکس میں اس پر اپیل کریں: ہر جیتی ہوئی اپیل یہاں درست گنی جاتی ہے۔</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>آؤٹ باکس کھولیں</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>اس اطلاع سے کچھ نہیں کھوتا؛ یہ صرف آپ کے آخری جوابوں کو دیکھتی ہے۔</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>وجہیں آؤٹ باکس میں پڑھیں۔ جو مسترد ہونا غلط لگے اس پر وہاں اپیل ہو سکتی ہے۔</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>پلیٹ فارم کی بات آپ کے دستخط شدہ فیصلوں سے نہیں ملتی۔</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>اس کا عدد چند فیصلے پیچھے ہو سکتا ہے۔ اگر ایسا ہی رہے تو پلیٹ فارم چلانے والے کو بتائیں؛ نیچے کے ثبوت پر دستخط موجود ہیں۔</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>آپ کا کوئی جواب ابھی نہیں جانچا گیا</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>ہر جانچا ہوا جواب گنا جاتا ہے۔ کسی بھی مہم سے شروع کریں؛ بغیر داؤ والی سب سے آسان ہیں۔</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>یہ کیسے بنا</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>وقت کے ساتھ اسکور</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>جانچے گئے جواب</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>اسکور</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>کم سے کم</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>زیادہ سے زیادہ</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>جہاں اصل قدر غالباً ہے</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>اسکور یہاں آپ کے دوسرے جانچے گئے جواب سے دکھائی دیتا ہے۔</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>دوسروں کے کام کا جائزہ</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>آپ جائزہ لے سکتے ہیں۔ جائزوں کی فی گھنٹہ اجرت بہتر ہے، اور یہاں آ جائیں تو نیٹ ورک نہیں چاہیے۔</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>جائزہ</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>ثبوت</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>‏%1 جانچے گئے · %2 درست · %3 پہلی کوشش میں</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>اعتماد اسکور %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>فیصلہ ہوا</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>مہم</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>فیصلہ</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>کوشش</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>کس نے کیا</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>مسترد ہونا تب ہی گنا جاتا ہے جب وہ مزید بدل نہ سکے۔ تب تک آپ آؤٹ باکس میں اس پر اپیل کر سکتے ہیں۔</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>دیکھیں</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>ابھی نہیں</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>نظر میں</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>نئے کام کی خبر دیں</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>اپنی زبان چنیں</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>اسے اس کمپیوٹر پر محفوظ بنائیں</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>پاس ورڈ اس کمپیوٹر کے دوسرے استعمال کرنے والوں کو آپ کے پیسوں سے دور رکھتا ہے۔ یہ کہیں نہیں بھیجا جاتا؛ بھول جائیں تو آپ کے خفیہ الفاظ پھر بھی چلتے ہیں۔</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>پاس ورڈ</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>کم از کم 8 حروف۔ چند الفاظ ملا کر یاد رکھنا آسان ہے۔</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>بہت چھوٹا: کم از کم 8 حروف۔</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>آسانی سے بوجھا جا سکتا ہے: ایک دو لفظ اور ملائیں۔</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>اچھا پاس ورڈ۔</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>بہت اچھا پاس ورڈ۔</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>وہی پاس ورڈ دوبارہ</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>کی رِنگ کے ساتھ پاس ورڈ کی ضرورت نہیں: جو آپ کی طرح یہ کمپیوٹر چلا سکے وہ والیٹ بھی استعمال کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>اس پاس ورڈ سے محفوظ کریں</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>اس کے بجائے سسٹم کا کی رِنگ استعمال کریں</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>اپنا والیٹ واپس لائیں</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>بیلنس، واؤچر، جاری کام، داؤ اور اپیلیں دستخط شدہ چیزوں سے واپس آتی ہیں۔ جن مسودوں پر مہر نہیں لگی تھی وہ نہیں آتے۔</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>آپ کے پاس کیا ہے</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>خفیہ الفاظ</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>نجی چابی</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>‏Keystore فائل</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>آپ کے خفیہ الفاظ</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>12 سے 24 الفاظ اپنی ترتیب میں، ان دس زبانوں میں سے کسی میں جن میں خفیہ الفاظ ہوتے ہیں۔</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>پہلا دوسرا تیسرا …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>میں نے پاس فریز یا کوئی اور اکاؤنٹ استعمال کیا تھا</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>الفاظ کے ساتھ پاس فریز</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>اگر کبھی نہیں تھا تو خالی چھوڑ دیں۔ غلط ہو تو کوئی اور، خالی والیٹ کھل جائے گا۔</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>کون سا اکاؤنٹ</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>آپ کی نجی چابی</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>64 ہندسے، 0 سے 9 اور a سے f؛ شروع میں 0x ہو سکتا ہے۔</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>‏Keystore فائل</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>چنی گئی: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>فائل اس صفحے پر چھوڑیں، یا لکھیں کہ کہاں ہے اور Enter دبائیں۔</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>فائل کا پاتھ</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>فائل کا پاس ورڈ</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>فائل یہاں چھوڑیں</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>کھل رہا ہے</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>واپس لائیں</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>واپس</translation>
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
            <translation>مشق کا نیٹ ورک</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>3 میں سے مرحلہ %1</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>آپ کا والیٹ ڈھونڈ رہے ہیں</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>‏Gems خفیہ الفاظ صرف اس صفحے پر مانگتا ہے، اور صرف والیٹ بنانے یا واپس لانے کے لیے۔ کسی اور کو ان کی کبھی ضرورت نہیں۔</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>چھوٹے ٹاسک کریں، پیسے کمائیں</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>آپ کی کمائی اس والیٹ میں جاتی ہے جو صرف آپ کے ہاتھ میں ہے۔ شروع کرنے کے لیے نہ پیسے چاہییں نہ کاغذات؛ بنانے میں تقریباً تین منٹ لگتے ہیں۔</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>نیا والیٹ بنائیں</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>میرے پاس پہلے سے والیٹ ہے</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>اس کے بارہ الفاظ کی زبان</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>یہ بارہ الفاظ کاغذ پر لکھ لیں</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>یہی آپ کا والیٹ ہیں: جس کے پاس یہ ہوں اس کے پاس آپ کے پیسے ہیں، اور یہ کمپیوٹر کھو جائے تو یہی والیٹ واپس لاتے ہیں۔ ان کی تصویر نہ لیں۔</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>کاغذ وہاں رکھیں جہاں صرف آپ اسے ڈھونڈ سکیں۔</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>میں نے لکھ لیے ہیں</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>واپس</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>اپنا والیٹ کھولیں</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>آپ کا کام اور کمائی اس کمپیوٹر پر محفوظ ہیں؛ سسٹم کا کی رِنگ انہیں کھولتا ہے۔</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>آپ کا کام اور کمائی اس کمپیوٹر پر محفوظ ہیں؛ پاس ورڈ انہیں کھولتا ہے۔</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>پاس ورڈ</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>کھل رہا ہے</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>لاک کھولیں</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>الفاظ دوبارہ لکھیں</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>اپنے کاغذ سے، ترتیب سے۔ ہر لفظ کے پہلے چار حروف اور ایک خالی جگہ کافی ہے۔</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>بارہ الفاظ</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>لفظ %1 ان میں سے نہیں: اپنا کاغذ دیکھیں۔</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>پہلا دوسرا تیسرا …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>12 میں سے %1 الفاظ</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>ملائیں</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>نئے الفاظ سے پھر شروع کریں</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>اس ٹاسک کے بارے میں</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>ٹاسک %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>معاوضہ %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>ہدایات</translation>
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
            <translation>مکمل، اگلا</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>واپس کریں</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>پھر سے کریں</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>ہدایات</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>بٹن</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>فرق دکھائیں</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>اگلی چیز پر جائیں</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>زوم</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>پوری تصویر دکھائیں</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>چنی ہوئی چیز ہٹائیں</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>واپس دیں</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>دوبارہ محفوظ کریں</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>یہ جواب مسترد ہوا: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>ٹاسک میں نشان زدہ: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>اسے درست کر کے پھر مکمل کریں؛ یہ خود دوبارہ جائزے میں جاتا ہے۔</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>پھر کوشش کریں</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>%n ٹاسک مکمل</numerusform>
                <numerusform>%n ٹاسک مکمل</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>%n جواب بھیجنے کے انتظار میں</numerusform>
                <numerusform>%n جواب بھیجنے کے انتظار میں</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>یہاں ابھی کوئی ٹاسک نہیں</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>منظور ہونے پر یہ %1 GEM تک لاتے ہیں۔ مہر لگانے سے ان پر آپ کی چابی سے دستخط ہوتے ہیں تاکہ کوئی انہیں بدل نہ سکے؛ مہر لگے جواب کنکشن ملتے ہی چلے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>ان پر مہر لگ چکی ہے، یہ اس کمپیوٹر پر محفوظ ہیں، اور کنکشن ملتے ہی خود چلے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>ان پر مہر لگ چکی ہے اور یہ راستے میں ہیں۔</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>ٹاسکوں کی ایک کھیپ لیں؛ یہ اس کمپیوٹر پر رہتے ہیں اور بغیر نیٹ ورک کے ہو سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>مہر لگا کر بھیج رہے ہیں…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>بھیجنے کے لیے مہر لگائیں</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>مہر لگا کر بھیجیں</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>آؤٹ باکس کھولیں</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>اس ٹاسک میں کوئی ریکارڈنگ نہیں دی گئی۔</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>‏{whole} میں سے {at}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>‏{whole} میں سے تصویر {at}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>اس ٹاسک میں کوئی فلم نہیں دی گئی۔</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>فی ٹاسک 0.05 GEM اور ہر ایک پر ایک منٹ: ایک گھنٹے میں 3 GEM۔</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>‏1 GEM = {worth} {code}، جیسا آپ نے لکھا، {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>‏1 GEM = {worth} {code}، پلیٹ فارم {name} کے مطابق ({source})، {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>جائزہ لینے سے پہلے 1 اور جانچا ہوا ٹاسک چاہیے۔</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>جائزہ لینے سے پہلے دوسرے کام دینے والوں کا 1 اور جانچا ہوا ٹاسک چاہیے۔</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>اگلے لیول تک 1 اور جانچا ہوا ٹاسک۔</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>جائزہ لینے سے پہلے 1 اور درست جواب چاہیے۔</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>‏{grade} تک 1 اور درست جواب۔</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % کا مطلب: تقریباً دس میں سے ایک جواب جانچا جاتا ہے۔</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>کوئی باکس یا خاکہ ٹھیک نہیں بیٹھتا</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>مہم کے ایک سے تین دور ہوتے ہیں۔</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>چینل کسی کے بغیر یا خود کانٹریکٹ کے لیے نہیں ہو سکتا۔</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>چینل 7 سے 90 دن میں بند ہوتا ہے؛ کوئی اور مدت دی گئی۔</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>چینل کو واؤچروں پر دستخط کرنے والی چابی چاہیے۔</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>وصولی صفر پتے یا کانٹریکٹ پر نہیں جا سکتی۔</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>ایک وصولی نہیں ہو سکی</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>ایک وصولی پہلے سے راستے میں ہے۔</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>ایک وصولی کسی اور چینل کی ہے۔</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>ایک وصولی کا وقت ناممکن ہے۔</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>اس پر کلک کرنے سے Gems کھلتا ہے۔</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>بند ہو چکا چینل پھر کبھی نہیں کھلتا: اس میں آپ مزید کچھ نہیں کماتے۔</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>وہ سکہ جو بلاک چین ہر ادائیگی پر مانگتی ہے۔ آپ کو اس کی ضرورت نہیں: قاصد آپ کے لیے ادا کرتا ہے۔</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>وہ کمپیوٹر جو آپ کے تازہ ترین واؤچر کی نقل رکھتا ہے اور آپ کی غیر موجودگی میں آپ کی اجرت کی حفاظت کرتا ہے۔</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>اس دوران ایک فیصلہ بدل دیا گیا۔</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>فائل میں یہ ہوگا: {what}، اور وہ نئی خبریں بھی مانگے گی۔</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>ایک مکمل ٹاسک کی مہلت ختم ہو رہی ہے: {time} سے پہلے بھیجیں۔</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>چھپا ہوا ٹیسٹ</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>‏A سے F تک ایک حرف جو بتاتا ہے کہ آپ کا جانچا گیا کام کتنا درست تھا۔ بہتر درجے سے زیادہ کام کھلتا ہے۔</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>نمبر 1 سے 5 تک ہوتا ہے۔</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>پیغام 1 سے 1,000 حروف کا ہوتا ہے۔</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>آپ کی ضمانت سے ایک رقم پہلے ہی نکل رہی ہے۔</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>نیا ورژن وہیں سے ملتا ہے جہاں سے آپ نے یہ لیا تھا۔ آپ کا والیٹ اور کام محفوظ رہتے ہیں۔</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>وہاں نیا تر واؤچر تھا۔ وہ رکھ لیا گیا اور اب سے وہی مانا جائے گا۔</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>ایک عدد اتنا بڑا ہے کہ رکھا نہیں جا سکتا۔</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>پینل میں 1، 3، 5 یا 7 جائزہ کار ہوتے ہیں؛ شرائط کچھ اور کہتی ہیں۔</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>معاوضے کا وہ حصہ جو جانچنے والوں کو ملتا ہے۔ آپ کو جو معاوضہ دکھتا ہے وہ اس کے بعد بچا ہوا ہے۔</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>ایک حصہ راستے میں بدل گیا۔</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>ٹاسک کی تصویر یا فائل بدلی ہوئی یا خراب پہنچی۔</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>پروفائل کو نام چاہیے۔</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>ایک شرح میں ٹھیک وہی خانے نہیں جو ہونے چاہییں۔</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>ایک شرح کا وقت نہیں۔</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>مسترد جواب درست کیا جا سکتا ہے یا اس پر اپیل ہو سکتی ہے۔</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>مسترد ہونا تب ہی گنا جاتا ہے جب آپ اس پر اپیل نہ کر سکیں۔</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>مسترد کرنے کی وجہ دینی ہوتی ہے۔</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>خفیہ الفاظ 12، 15، 18، 21 یا 24 ہوتے ہیں؛ یہاں ہیں: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>کام منظور ہو تو داؤ واپس آ جاتا ہے۔ پکا مسترد ہو جائے تو داؤ چلا جاتا ہے۔</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>ایک قدم کا نمبر حد سے باہر ہے۔</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>ایک قدم کی رقم درست شکل میں نہیں۔</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>اس مہم کے ایک ٹاسک کا بلاک چین پر ابھی فیصلہ ہو رہا ہے۔</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>ایک ٹاسک کی مہلت ختم ہو رہی ہے: {time} سے پہلے مکمل کر کے بھیجیں۔</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>اس دوران ایک ٹاسک پھر کھول دیا گیا۔</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>وہ ٹاسک جس کا درست جواب پہلے سے معلوم ہے۔ یہ ناپتا ہے کہ لوگ کتنا اچھا کام کرتے ہیں، اجرت کا فیصلہ کبھی نہیں کرتا۔</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>اس ٹاسک کا ایک فیصلہ بلاک چین پر لایا گیا۔</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>اس دور یا اس سے اوپر کے دور کا فیصلہ موجود ہے۔</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>اس پینل کا ایک جائزہ کار پہلے اس ٹاسک کا فیصلہ کر چکا ہے۔</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>ایک ووٹ پر اس کے جائزہ کار کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>ایک نگران ٹاور تک پہنچ نہیں ہو سکی یا اس نے واؤچر نہیں لیا۔</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>پلیٹ فارم کی جگہ ایک ویب صفحہ جواب دے رہا ہے: یہ نیٹ ورک چاہتا ہے کہ آپ لاگ اِن کریں۔</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>وہ کارکن جسے اچھے ریکارڈ کی وجہ سے دوسروں کا کام جانچنے دیا جاتا ہے، پیسوں کے بدلے۔</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>پیلی سطر بتاتی ہے کہ کسی کام کو جلد آپ کی ضرورت ہے۔</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>منظور</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>‏{time} کو منظور ہوا۔</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>منظور ٹاسک جن کا دوبارہ فیصلہ ہو رہا ہے: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>منظور کام ادائیگی سے پہلے {time} رکتا ہے: تب تک کام دینے والا اعتراض کر سکتا ہے، اور دوسرے فیصلہ کرتے ہیں۔</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>منظور، ابھی ادا نہیں ہوا</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>سیٹنگز میں کسی اور کا دوسرا بھی شامل کریں۔</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>سیٹنگز میں نگران ٹاور شامل کریں، یا واؤچر کی فائل کسی ایسے کو بھیجیں جو اسے وقت ختم ہونے سے پہلے جمع کرا سکے۔</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>اپنی پتوں کی کتاب میں پتا شامل کریں؟</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>غلط پاس ورڈ کے بعد والیٹ اگلی کوشش سے پہلے رکتا ہے، سیکنڈ: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>کسی کے لیے کام کرنے کے بعد اپنی ریٹنگ دیں؛ اس سے اگلے کارکن کی مدد ہوتی ہے۔</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>‏{n} جانچے گئے جوابوں کے بعد: {score}، {low} اور {high} کے بیچ</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>ملتا ہے</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>یہاں معلوم سب مہمیں</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>اس کے سب ٹاسک لیے جا چکے ہیں۔</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>سب قسم کے ٹاسک</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>سب زبانیں</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>سب کچھ ایک ہی رقم میں۔ جو جائزے میں یا داؤ پر ہے وہ بھی اس میں ہے، اگرچہ اس کا فیصلہ باقی ہے۔</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>تب تک کے آپ کے واؤچروں کی ساری اجرت</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>سب الفاظ فہرست میں ہیں، لیکن مل کر والیٹ نہیں بناتے: ایک غلط ہے یا اپنی جگہ پر نہیں۔</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>آپ کا سارا مکمل کام، ہونے سے ادائیگی تک۔ جو وہاں انتظار میں ہے وہ اس کمپیوٹر پر محفوظ ہے۔</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>پہلے اسے پوری رقم کی اجازت دیں؛ کمانڈ دوبارہ دینے پر Gems یہ خود کرتا ہے۔</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>رقم: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>ایک پیغام میں رقم بنیادی اکائیوں کا پورا عدد نہیں۔</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>اس دوران ایک جواب بدل دیا گیا۔</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>اپیل کی وجہ دینی ہوتی ہے، زیادہ سے زیادہ 2,000 حروف میں۔</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>اپیل کی وجہ دینی ہوتی ہے، زیادہ سے زیادہ 500 حروف میں۔</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>اپیل دوسری کوشش کی جگہ لیتی ہے، جس سے {amount} GEM ملتے۔ آپ دونوں نہیں کر سکتے۔</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>پرانا، {time} سے</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>ناراض</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>اس نام کی کسی اور قسم کی فائل موجود ہے۔</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>کوئی اور لین دین</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>کوئی اور وجہ</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>یہ وصولی پہنچانے کی اجازت کسی اور قاصد کو تھی۔</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>بلاک چین پر کوئی اور فیصلہ موجود ہے، اس لیے اس کیس سے کچھ نہیں ملتا۔</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>خود جواب دیں؛ آپ کو دوسرا جواب نہیں دکھایا جاتا۔</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>دیکھے بغیر جواب دیا</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>جواب “{name}” کے اصول سے جانچے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>اس کے بعد کے جواب ساتھ لائے جاتے ہیں، اگر یہ ورژن انہیں پڑھ سکے۔ واؤچر اور داؤ پلیٹ فارم سے پھر منگوائے جاتے ہیں، اور جب تک تازہ ترین واؤچر معلوم نہ ہو، آپ کے چینل میں کسی چیز پر دستخط نہیں ہوتے۔</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>یہ کام دینے والا کتنے جواب مسترد کرتا ہے</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>کوئی بھی ڈاؤن لوڈ</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>تنبیہ والی کوئی اور چیز</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>اپیل</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>فیصلے کے خلاف اپیل کریں؟</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>اپیل کا پینل</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>جب وہ کچھ پرانی ہو جائیں تب اپیل کریں، یا داؤ والا کام لیں۔</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>فیصلہ شدہ اپیلیں: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>کارکن کی جیتی ہوئی اپیلیں: {n} میں سے {won}۔</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>پہنچ گیا</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>پلیٹ فارم پر پہنچے: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>نئے ہیں تو بغیر داؤ والی مہم چنیں۔</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>جب تک بھیجا نہ جائے آپ اسے واپس لے کر بدل سکتے ہیں۔</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>آخری تازہ کاری: {time}</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>نئی فیس پوچھیں اور پھر وصول کریں۔</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>نئی فیس پوچھیں۔</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>جواب ایک بار پھر مانگیں؛ آپ کی اپنی فائل دوبارہ بھیجنے سے کوئی نقصان نہیں۔</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>اپنی تازہ ترین فائل کا جواب مانگیں، یا نئی فائل لکھیں۔</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>پلیٹ فارم سے کہیں کہ اسے مکمل کرے۔ وہ نہ کرے تو کوئی بھی کر سکتا ہے: کانٹریکٹ کے فنکشن finish_close کو صرف آپ کے چینل کی تفصیل چاہیے، جو واؤچر کی فائل میں ہے، اور تھوڑے گیس کوائن۔</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>ٹاسک مانگ رہے ہیں…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>آپ کے کم از کم 80 % جواب درست ہیں۔</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>آپ کے کم از کم 90 % جواب درست ہیں۔</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>داؤ پر</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>جس کام کا فیصلہ باقی ہے اس پر داؤ: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>پلیٹ فارم پر</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>اچانک جانچ ہوئی</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>اچانک جانچ: {n} میں سے {had}۔ محض اتفاق سے تقریباً {expected} ہوتیں۔</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>کامیاب اچانک جانچیں: {n}۔ جہاں جانچ کی فیس لگتی ہے وہ ان کے ساتھ گھٹتی ہے۔</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>پہلے اسے شروع کریں۔</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>ادائیگی پھر سے شروع کریں۔</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>شروع ہوا، اس کمپیوٹر پر رکھا ہے</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>بھیجا جا رہا ہے</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>بہتر درجوں سے زیادہ پیسوں والا کام کھلتا ہے، اور پھر جائزے۔</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>سو میں سے 80 سے 95 درست۔</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>آزاد جائزہ</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>بلاک: اب {who} کا کام آپ کو پیش نہیں ہوگا۔</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>ضمانت</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>ضمانت واپس آئی</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>اپیل کے لیے لگائی گئی ضمانت</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>کل پھر لائیں۔</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>جواب اسی طرح واپس لائیں۔</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>نئی پروفائل میں اپنے خفیہ الفاظ سے والیٹ واپس لائیں۔</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>آپ کا کام واپس لا رہے ہیں: {total} میں سے {done}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>مہم کے اصول سے: داؤ نہیں؛ جانچ کے پیسے معاوضے کے ایک حصے سے دیے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>مہم کے اصول سے: دوسرے لوگ ہر جواب جانچتے ہیں۔</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>مہم کے اصول سے: کئی لوگ وہی ٹاسک کرتے ہیں جب تک کافی یقین نہ ہو کہ درست کیا ہے۔</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>مہم کے اصول سے: کچھ جواب قرعے سے چن کر جانچے جاتے ہیں، باقی کی پوری ادائیگی ہوتی ہے۔</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>مہم کے اصول سے: کام کی ادائیگی ہوتی ہے جب تک دو اجنبی، جنہیں کام دینے والا پیسے دیتا ہے، اسے مسترد نہ کریں۔</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>اکیلے پلیٹ فارم نے</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>دیر سے آئے: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>مہم</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>مہم ختم ہوتی ہے</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>چھپی ہوئی مہمیں: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>معاوضے میں سے واپس جا سکتا ہے</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>بلاک چین نوڈ {place} بے معنی جواب دیتا ہے۔</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>بلاک چین نوڈ {place} جواب دیتا ہے، بلاک چین کے ساتھ چل رہا ہے اور اس پر Gems کے کانٹریکٹ ہیں۔</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>بلاک چین نوڈ {place} تک پہنچ نہیں ہو رہی۔</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>بلاک چین نوڈ {place} پر کانٹریکٹ ہیں، لیکن پلیٹ فارم کی چابی وہاں درج نہیں۔</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>بلاک چین نوڈ {place} اس نیٹ ورک کی بلاک چین کا نہیں۔</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>بلاک چین نوڈ {place} {minutes} منٹ پیچھے ہے۔</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>بلاک چین نوڈ {place} اس نیٹ ورک کے پتوں پر Gems کے کانٹریکٹ کے بجائے دوسرے دکھاتا ہے۔</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>جانچے جانے کا امکان</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>مہم کی شرائط بدلیں اور پھر سے منصوبہ بنائیں۔</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>بغیر پوچھے کتنا جا سکتا ہے، یہ بدلیں؟</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>چینل</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>دیکھیں کہ پروفائل کا فولڈر آپ کا ہے اور ڈسک کام کر رہی ہے۔</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>سیٹنگز میں بلاک چین نوڈ کا پتا اور اپنا کنکشن دیکھیں؛ پھر کوشش کی جائے گی۔</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>پتا دیکھ لیں۔</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>رقمیں دیکھ لیں اور پھر کوشش کریں۔ دوبارہ ہو تو Gems کو اپ ڈیٹ کریں۔</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>کنکشن دیکھیں، یا دوسرا بلاک چین نوڈ استعمال کریں۔</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>کنکشن دیکھیں؛ کام اس کے بغیر بھی چلتا ہے۔</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>ڈسک دیکھیں۔ کچھ کم ہو تو وہ فائل سنبھال کر رکھیں۔</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>ڈسک دیکھیں؛ اگلا بیک اپ اس کی جگہ لے لے گا۔</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>‏USB اسٹک اور فائل کا نام دیکھیں۔</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>جائزہ لینے سے پہلے ایک اور کام دینے والے کا جانچا ہوا کام چاہیے۔</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>جائزہ لینے سے پہلے {more} اور کام دینے والوں کا جانچا ہوا کام چاہیے۔</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>7 سے 90 دن کی مدت چنیں۔</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>ورژن 3 کی keystore فائل چنیں جیسی والیٹ ایکسپورٹ کرتے ہیں، یا خفیہ الفاظ استعمال کریں۔</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>اس میں جتنا دستیاب ہے اتنی رقم تک چنیں۔</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>ہر حصے کے لیے جواب چنیں۔</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>جواب چنیں۔</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>کوئی اور فولڈر چنیں۔</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>کوئی اور نام چنیں۔</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>کوئی اور نیٹ ورک فائل چنیں۔</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>کوئی اور کام چنیں، یا بعد میں کوشش کریں۔</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>کوئی اور کام چنیں۔</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>کچھ اور چنیں۔</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>ہر حصے کے لیے بہتر والا چنیں۔</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>بہتر والا چنیں۔</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>بیک اپ کی فائل چنیں۔</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>وہ فائل چنیں جو یہاں کی ہے۔</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>چنیں کہ کیا غلط ہے، اور اسے زیادہ سے زیادہ 500 حروف میں لکھیں۔</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>چنیں کہ کیا غلط ہے۔</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>اپنی زبان چنیں۔ آپ اسے کسی بھی وقت بدل سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>وصول کریں</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>اسے وصول کر لیں؛ نئے کام کے لیے نیا چینل چاہیے۔</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>بعد میں وصول کریں، جب زیادہ جمع ہو جائے۔</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>جو ہو سکے وصول کر لیں، پلیٹ فارم کو بتائیں، اور جواب آنے تک مزید کام نہ لیں۔</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>پہلے وصول شدہ</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>پہلے وصول ہوا، کسی اور کمپیوٹر سے</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>کل وصول شدہ</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>آپ کے والیٹ میں وصول ہوا</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>وضاحت</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>آپ کا کام پلیٹ فارم تک لے جانے والی فائل بند کریں؟</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>اسے پھر بند کریں۔ تھوڑے گیس کوائن ہوں تو آپ خود بھی شروع کر سکتے ہیں: کانٹریکٹ کا فنکشن start_close۔</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>تب بند کریں جب دینے کو زیادہ ہو۔</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>بڑی تصویروں یا فلموں والے ٹاسک سے پہلے دوسرے پروگرام بند کر دیں۔</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>فولڈر استعمال کرنے والے دوسرے پروگرام بند کر کے پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>ادھورا کثیر الاضلاع بند کریں۔</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>اپنا ادائیگی چینل بند کریں؟</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>بندش</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>ہر لفظ اپنے کاغذ سے ملائیں اور دوبارہ لکھیں، یا نئے الفاظ کے لیے پھر سے شروع کریں۔</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>پورا پتا اس سے ملائیں جو آپ کو دیا گیا تھا؛ صرف پہلے حروف نہیں۔</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>انہیں اپنے لکھے ہوئے سے ملائیں، لفظ بہ لفظ، ترتیب سے۔</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>ہر حصہ پورا کریں۔</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>پورا کر کے پھر مکمل کریں۔</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>اس کمپیوٹر کو ایک بار، ایک منٹ کے لیے، نیٹ ورک سے جوڑیں۔</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>کانٹریکٹ</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>مددگار</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>پورا پتا پھر کاپی کریں اور اس کے پہلے اور آخری حروف ملائیں۔</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>پوری چابی پھر کاپی کریں؛ شروع میں 0x ہو سکتا ہے۔</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>درست کریں، یا {time} تک اپیل کریں: دونوں میں سے ایک۔</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>درست کیا گیا</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>جب آپ نے لگایا تبھی گن لیا گیا</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>‏{n} گنا جاتا ہے: آسان ٹاسک، اور ایک ہی کام دینے والے کے بہت سے ٹاسک، کم گنے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>گنتا ہے کہ آپ کے کتنے ٹاسک جانچے گئے۔ یہ صرف بڑھتا ہے۔</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>جانوروں پر ظلم</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>روزانہ کی حد</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>آج کا ڈیٹا</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>پچھلے 14 دن میں استعمال شدہ ڈیٹا: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>مہلتیں پلیٹ فارم کے وقت سے چلتی ہیں، اس لیے اس وجہ سے آپ کا کچھ لیٹ نہیں ہوتا۔</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>پورا نہیں ہوا؛ کچھ نہیں کٹا</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>فرق ہے</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>متنازع</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>متنازع کام</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>متنازع، دوبارہ فیصلہ ہو رہا ہے</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>متنازع؛ دوسرے جائزہ کار فیصلہ کر رہے ہیں</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>اس نیٹ ورک میں آگے نہ بڑھیں؛ نیٹ ورک فائل اس کے جاری کرنے والے کی فائل سے ملائیں۔</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>جب تک اس نیٹ ورک کا جاری کرنے والا وضاحت نہ کرے، اس میں کام نہ کریں۔ اگر آپ کا صرف ایک بلاک چین نوڈ یہ کہتا ہے تو سیٹنگز میں دوسرا استعمال کریں۔</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>پہلے کچھ ٹاسک کریں۔</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>دستاویزات</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>ہو گیا</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>اکیلے پلیٹ فارم کا قرعہ، کام دینے والے کے بیج کے بغیر: {n}۔</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>ابھی ظاہر نہ ہوئے قرعے، یہاں نہیں گنے گئے: {n}۔</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>ہر سطر ایک مہم ہے: اس کے ٹاسک، معاوضہ، فی گھنٹہ اجرت اور داؤ۔</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>اپنی ضمانت کی جیب میں اور کمائیں، اور وقت ختم ہونے سے پہلے اپیل کریں۔</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>پچھلے {n} دن کی کمائی: {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>کمائی</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>سیٹنگز میں درست بلاک چین کے نوڈ کا پتا لکھیں۔</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>ہر جواب دوسرے لوگ جانچتے ہیں جن کا متفق ہونا ضروری ہے؛ مسترد جواب آپ ایک بار درست کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>ہر جواب دوسرے لوگ جانچتے ہیں۔ وہ متفق ہوں تو آپ کا {stake} GEM کا داؤ اجرت کے ساتھ واپس آتا ہے؛ مسترد جواب آپ ایک بار درست کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>ہر تبدیلی فوراً محفوظ ہوتی ہے۔ بجلی جانے پر بھی کچھ ضائع نہیں ہوتا۔</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>ہر ادائیگی پوچھی جائے گی، مزید {time}</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>باقی سب کچھ</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>یہاں سب کچھ آزمانے کے لیے ہے۔ مشق کے نیٹ ورک کے پیسوں کی کوئی قیمت نہیں۔</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>اس میں جو تھا سب ادا ہو گیا۔ {amount} GEM آپ کے والیٹ میں آئے۔</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>سب کا فیصلہ ہو گیا؛ {n} منظور، اعتراض نہ ہو تو ادا ہو جائیں گے</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>سب بھیج دیا گیا اور فیصلہ ہو گیا</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>سب بھیج دیا گیا؛ {n} فیصلے کے انتظار میں</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>پہلے کا محفوظ کیا ہوا سب موجود ہے۔</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>اس وقت آپ کے چینل میں آپ کا جو بھی واجب ہوگا وہ نکل جائے گا، فیس کاٹ کر۔</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>آپ کا کیا ہوا سب محفوظ ہے۔</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>ثبوت یہاں لکھ دیا گیا: {path}</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>مثال {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>‏{total} میں سے مثال {n}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>پلیٹ فارم سے لین دین جاری</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>تجربہ کار</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>اپنے والیٹ کی چابی فائل میں ایکسپورٹ کریں؟</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>انصاف</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>فیس</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>قاصد کی فیس: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>جانچنے والوں کی فیس</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>قاصد کی فیس</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>پہلے نئی خبریں لائیں اور پھر کوشش کریں؛ ایسا ہی رہے تو دونوں عدد پلیٹ فارم کو دکھائیں۔</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>لا رہے ہیں: {total} میں سے {done}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>کم مسترد جواب اور جلد ادائیگی اچھی نشانیاں ہیں۔</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>اچانک جانچیں اتفاق سے کم ہیں ({one_in} میں 1)۔</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>کام ڈھونڈیں</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>باقی وقت ختم ہونے سے پہلے مکمل کریں۔</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>اس پلیٹ فارم کے لیے مزید کچھ مکمل نہ کریں۔ بندش مکمل ہونے تک اس کمپیوٹر کو وقفے وقفے سے آن لائن رکھیں۔</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>مکمل، ابھی مہر نہیں لگی</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>پہلے چند مثالیں: ان میں سے {share} درست ہونی چاہییں۔ ان میں نہ کچھ لگتا ہے، نہ ملتا ہے، اور دوبارہ بھی ہو سکتی ہیں۔</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>پہلے قدم</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>پہلی کوشش</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>ناقص پایا گیا</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>آپ کی ضمانت میں دستیاب</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>کچھ جگہ خالی کر کے پھر کوشش کریں، یا وہ ورژن شروع کریں جو آپ کے پاس پہلے تھا۔</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>کچھ جگہ خالی کریں اور پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>کچھ جگہ خالی کریں، یا کوئی اور فولڈر یا USB اسٹک چنیں۔</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>کچھ جگہ خالی کریں، یا کم ٹاسک لیں۔</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>اب سے آپ کی کمائی ضمانت کو اس حد تک بھرتی ہے، زیادہ نہیں: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>آپ کی ضمانت سے، بندش مکمل ہونے پر، {time} کے بعد: {amount} GEM۔</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>‏{time} کے بعد آپ اسے کانٹریکٹ کے پاس لے جا سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>پہلے اس میں رقم ڈالیں، یا اس کی شرائط ڈالی گئی رقم سے ملائیں۔</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>موجود رقم</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>‏GEM صفر پتے پر نہیں بھیجے جا سکتے۔</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>‏GEM اس پتے پر نہیں بھیجے جا سکتے۔</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>آپ کے وہ GEM جو داؤ اور اپیلوں کے لیے الگ رکھے ہیں۔ ان میں جو دستیاب ہو وہ آپ پھر نکال سکتے ہیں۔</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>بلاک چین پر وہ GEM جو صرف آپ کے ہیں۔ آپ رکھ سکتے ہیں یا کسی کو بھی بھیج سکتے ہیں۔</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>وہ GEM جو آپ جواب کے ساتھ لگاتے ہیں۔ جواب منظور ہو تو واپس آتے ہیں، مسترد ہی رہے تو چلے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>‏GRAM کی اچانک جانچ دو جائزہ کار کرتے ہیں جن کا متفق ہونا ضروری ہے۔</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>گیس کوائن</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>‏Gems پچھلی بار ٹھیک سے بند نہیں ہوا۔</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>‏Gems اس پروفائل کے ساتھ پہلے سے کھلا ہے۔</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>‏Gems اسے خود دوبارہ بھیجتا ہے۔</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>‏Gems باقی خود بھیج دیتا ہے۔</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>‏Gems {gems}، Python {python}، Qt {qt}، {system} پر</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>‏Gems {version} ڈاؤن لوڈ ہو سکتا ہے ({size})۔</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>تیاری ہو رہی ہے</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>ہر حصے کے لیے تاریخ یا وقت دیں۔</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>تاریخ یا وقت دیں۔</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>ہر حصے کے لیے عدد دیں۔</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>عدد دیں۔</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>ہر حصے کے لیے ریٹنگ دیں۔</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>ریٹنگ دیں۔</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>صفر سے زیادہ رقم دیں۔</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>کوئی اور پتا دیں۔</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>کوئی اور رقم دیں۔</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>کم دیں۔</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>کسی شخص کا پتا دیں۔</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>فولڈر اپنے صارف کے نام واپس کریں، یا ڈسک سے لکھنے کی پابندی ہٹائیں۔</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>اپنا جواب دیں۔</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>واپس دیا گیا</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>خوش</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>کام جاری رکھیں۔ اپنی کمائی ایک گھنٹے بعد پھر دیکھیں۔</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>جاری رکھیں؛ پھر ایسا ہو تو پروگرام بند کر کے دوبارہ کھولیں۔</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>اپ ڈیٹ سے پہلے کی نقل پر واپس جا رہے ہیں</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>آگے بڑھنے کے لیے کافی اچھا؛ مزید جانچا ہوا کام اور بتائے گا۔</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>درجہ</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>درجہ {grade}۔</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>آدھی ادائیگیاں اس سے جلدی آتی ہیں؛ 100 میں سے 95 {time} کے اندر۔</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>آدھے جائزوں میں {time} سے کم لگا۔</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>آدھے ٹاسک {time} سے کم میں ہوئے۔</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>مکمل کام جمع کرائیں؟</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>اپنے جائزے جمع کرائیں؟</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>قاصد کو دے دیا گیا</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>نفرت اور گالی</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>یہاں وہ سب ہے جو آپ نے مکمل کیا، اور کہاں تک پہنچا۔</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>چھپائی گئی: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>ہوم</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>ایماندار کام سے اوسطاً ملتا ہے</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>نیا پتا اتنے گھنٹے انتظار کرتا ہے: {before} کے بجائے {after}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>جانچ کے مطابق آپ کا کام کم سے کم اور زیادہ سے زیادہ کتنا اچھا ہے۔ جتنا زیادہ کام جانچا جائے دونوں اتنے قریب آتے ہیں۔</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>جواب بھیجنے سے اجرت آپ کی ہونے تک کتنا وقت لگتا ہے۔</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>ایک ٹاسک میں عام طور پر کتنا وقت لگتا ہے۔</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>اس کام دینے والے کے ہاں سو میں سے کتنے جواب مسترد ہوئے۔ کم ہونا آپ کے لیے اچھا ہے۔</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>آپ کے کتنے جواب دوسرے لوگ دیکھتے ہیں۔ آپ کو معلوم نہیں ہوتا کون سے، اس لیے ہر ایک اچھے سے کریں۔</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>دوبارہ فیصلے میں دوسروں نے کتنے مسترد فیصلے غلط پائے۔ زیادہ کا مطلب: اپیل کا فائدہ ہے۔</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>یہ دو بار شروع نہ ہو تو پہلے والا ورژن واپس آ جاتا ہے۔ آپ کا والیٹ اور کام محفوظ رہتے ہیں۔</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>مسترد ہو تو وجہ پڑھیں۔ درست کریں، اپیل کریں، یا رہنے دیں۔</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>وقت پر کوئی جواب نہ دے تو کانٹریکٹ اصولوں سے فیصلہ کرتا ہے۔</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>مسترد کرنا غلط ہو تو اپیل کریں اور وجہ بتائیں۔ ضمانت پہلے دکھائی جاتی ہے۔</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>اگر کھڑکی کالی رہے تو GEMS_RENDERER=software لگائیں۔</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>ہارنے پر آپ کا نقصان: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>ہارنے پر مسترد ہونا قائم رہتا ہے۔</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>ہارنے پر مسترد ہونا قائم رہتا ہے؛ ضمانت اور جو آپ نے اپیل کے لیے چھوڑا وہ چلا جاتا ہے۔</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>دوبارہ کوشش کی اجازت ہو تو درست کرنا اکثر سب سے تیز ہے۔</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>اگر آپ یہ چاہتے ہیں تو پھر کہیں اور دو منٹ کے اندر اس کھڑکی میں ہاں کریں۔</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>جیتنے پر آپ کو {wins} GEM ملتے ہیں۔ ہارنے پر {loses} GEM کا نقصان ہے۔</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>اگر آپ کسی اور کمپیوٹر پر بھی کام کرتے ہیں تو کوئی خرابی نہیں۔ ورنہ پلیٹ فارم کو بتائیں۔</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>ایک دن میں: {before} GEM کے بجائے {after} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>جائزے میں</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>اس عرصے میں کام دینے والا دو اجنبیوں سے پیسے دے کر دوبارہ دکھوا بھی سکتا ہے؛ صرف جب دونوں کام کو ناقص کہیں تو معاوضے میں سے {amount} GEM تک واپس جاتے ہیں۔</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>اس چینل میں آپ کا کل لگایا ہوا ہوگا: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>آپ کی پتوں کی کتاب میں اس نام سے: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>آپ کے فولڈر میں</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>آپ کے والیٹ میں</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>‏Gems پھر انسٹال کریں۔ تب تک تصویروں والے ٹاسک نہیں دکھائے جا سکتے۔</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>‏Gems پھر انسٹال کریں؛ Debian پر ./dev setup بتاتا ہے کہ کیا کم ہے۔</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>تازہ ترین ورژن پھر انسٹال کریں۔</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>یہ داؤ مانگتا ہے؛ آپ کی ضمانت کی جیب میں ابھی کافی نہیں۔ بغیر داؤ والے کام سے شروع کریں۔</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>اس میں ذاتی معلومات مانگی یا دکھائی جاتی ہیں</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>پہلے اس کی مشق میں کامیاب ہونا پڑتا ہے؛ اس پر کوئی خرچ نہیں۔</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>اس سے آپ کو {amount} GEM ملتے ہیں۔</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>یہ سسٹم کے پیکج مینیجر سے آیا ہے، جو نئے ورژن بھی لاتا ہے۔</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>کب تک ہو سکتا ہے: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>پڑھا یا سمجھا نہیں جا سکتا</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>یہ واپس نہیں لیا جا سکتا: بھیجنا شروع ہو چکا، اس لیے شاید پلیٹ فارم کے پاس ہو۔</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>جواب منظور ہوتے ہی خود آ جاتی ہے۔</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>تھوڑا سا گیس کوائن لگتا ہے جو کوئی بھی دے سکتا ہے۔ بلاک چین پر کیس سب کو دکھتا ہے۔</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>آپ کا کوئی خرچ نہیں، اور منظور ہونے پر {amount} GEM ملتے ہیں۔ آپ کے پاس {time} تک وقت ہے۔</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>آپ کا کوئی خرچ نہیں۔ آپ کے پاس {time} تک وقت ہے۔</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>اس میں {size} ڈیٹا لگتا ہے۔</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>اس میں {size} ڈیٹا لگتا ہے؛ پورے پروگرام میں {whole} لگتا۔</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>ہدایات کے مطابق نہیں</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>اسے {time} سے پہلے پہنچنا ہے، جب اس کے پہلے ٹاسک کی مہلت ختم ہوتی ہے۔</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>یہ دھوکا ہے، یا پلیٹ فارم سے باہر پیسے دینا چاہتا ہے</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>یہ قانون کے خلاف ہے</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>کنکشن ملتے ہی اس کی نقل خود بن جاتی ہے۔</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>یہ اس پروفائل سے پہلے کا ہے۔ پلیٹ فارم کے دستخط یا بلاک چین کل رقم ثابت کرتے ہیں؛ ایک ایک ٹاسک اس کمپیوٹر پر نہیں۔</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>یہ کبھی دو بار نہیں ہوتا۔</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>ابھی معلوم نہیں کہ کوئی نیا ورژن ہے یا نہیں۔</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>یہ ابھی بلاک چین پر نہیں۔ اب لے جایا جا سکتا ہے۔</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>یہ بلاک چین پر ہے اور کسی نے اپیل کی ہے: {time} تک دوبارہ فیصلہ ہوگا۔</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>یہ بلاک چین پر ہے۔ کانٹریکٹ {time} کے بعد ادائیگی کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>یہ ایک قدم ہے، زیادہ سے زیادہ 1 GEM، اور آپ کا واجب گنا جاتا ہے۔ جب تک یہ ادا نہ ہو دوسرے پر دستخط نہیں ہوتے؛ آپ کی باقی ضمانت اپنی جگہ رہتی ہے۔</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>یہ آپ کا واجب ہے اور اگلے واؤچر کے ساتھ آئے گا۔</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>اگر کام دینے والا {time} تک اعتراض نہ کرے تو ادا ہو جائے گا۔</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>اگر کام دینے والا اعتراض نہ کرے تو ادا ہو جائے گا۔</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>پلیٹ فارم کے دستخط آنے تک یہ بار بار بھیجا جاتا ہے، اور ایک ہی بار گنا جاتا ہے۔</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>پھر کوشش ہوتی ہے؛ سیٹنگز میں ٹاور کا پتا دیکھیں۔</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>یہ پلیٹ فارم کے پاس ویسا ہی ہے جیسا آپ نے بھیجا۔</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>اب آپ کی باری ہے: اپیل کریں یا رہنے دیں۔ کچھ نہ کریں تو یہ خود قائم رہتا ہے۔</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>اب آپ کی باری ہے: درست کریں، اپیل کریں، یا رہنے دیں۔</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>اب آپ کی باری ہے: درست کریں، یا رہنے دیں۔</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>یہ اگلے کنکشن پر چلا جاتا ہے، زیادہ سے زیادہ {time} تک۔</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>جو لکھا ہے، اس سے مختلف پیسے دیتا ہے</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>خبردار کیے بغیر پریشان کرنے والی چیزیں دکھاتا ہے</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>اس میں آپ والے سے پرانا واؤچر لگا، اس لیے باقی سب آپ کا ہے: آخر میں {amount} GEM۔</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>مجھ سے کوئی لنک یا پروگرام کھلوانا چاہتا ہے</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>اسے ویسے ہی رہنے دیا گیا۔ آپ کے پیسے بلاک چین پر ہیں اور آپ کے خفیہ الفاظ انہیں کہیں بھی کھولتے ہیں۔</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>اسے رکھا نہیں گیا، اور کچھ نہیں کھولا گیا۔</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>اسے وقت پر بلاک چین کو نہیں دکھایا گیا، اس لیے کانٹریکٹ ادائیگی نہیں کر سکتا۔</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>اسے چھیڑا نہیں گیا۔</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>کام دینے والے نے اعتراض کیا؛ دوسرے جائزہ کاروں نے پھر منظور کیا۔</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>کام دینے والے نے اعتراض کیا؛ دوسرے جائزہ کاروں نے مسترد کیا۔</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>کام دینے والے کو اعتراض ہے۔ دوسرے جائزہ کار پھر فیصلہ کریں گے۔</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>کام دینے والا دو اور جائزہ کاروں کو پیسے دے کر یہ منظور کام پھر دکھا رہا ہے۔</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>کام دینے والے نے لکھا:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>اس کے خفیہ الفاظ آپ کے کاغذ پر ہیں: ان سے والیٹ کسی بھی کمپیوٹر پر واپس آ جاتا ہے۔</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>اس کے خفیہ الفاظ کبھی آپ کے کاغذ سے نہیں ملائے گئے۔ ان کے بغیر والیٹ صرف اس فولڈر میں ہے۔</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>پہنچنے سے پہلے اس کی مہلت ختم ہو گئی۔</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>صرف اس پر فیصلہ کریں جو ہدایت مانگتی ہے، اپنی پسند پر نہیں۔</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>فیصلہ {time} تک۔</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>اپنے بارہ الفاظ کاغذ پر محفوظ جگہ رکھیں۔ سال میں ایک بار دیکھ لیں کہ پڑھے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>سسٹم کے کی رِنگ میں رکھا ہے</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>رکھ لیا گیا۔</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>معلوم جواب</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>اعتراض کا آخری دن</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>پچھلے {n} دن: ادا شدہ ٹاسکوں پر فی گھنٹہ {paid} GEM، بغیر اجرت کے وقت سمیت {all} GEM</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>بعد میں</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>ایک ہفتے کے بعد</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>کم سے کم اور زیادہ سے زیادہ</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>ہزاروں کے بیچ نشان نہ لگائیں۔</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>آپ کی ضمانت میں داؤ کے لیے باقی: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>نگران ٹاور یا کسی فولڈر میں اپنے واؤچر کی نقل رکھوائیں۔</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>وصول کرنے والا خود اسے جمع کرائے۔</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>لیول</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>لیول {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>لیول: {level}۔</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>‏{path} میں لکھی گئی سطریں: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>چینل میں آپ کے لیے محفوظ</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>چینل میں بند</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>جاری کام کے لیے کانٹریکٹ میں بند۔</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>بعد میں پھر دیکھیں یا کوئی اور مہم چنیں۔</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>بعد میں پھر ڈھونڈیں، یا کوئی اور فولڈر چنیں۔ آپ کا ورژن چلتا رہتا ہے۔</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>بعد میں پھر ڈھونڈیں۔ اگر یہ USB اسٹک سے آیا ہے تو اس پر نئے سرے سے لکھوائیں۔</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>اس کا وقت آنے پر پھر دیکھیں؛ آؤٹ باکس بتاتا ہے کب۔</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>آن لائن ہونے پر پھر ڈھونڈیں، یا USB اسٹک سے نیا ورژن لیں۔</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>پھر دیکھیں۔</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>رقم اور پتا دیکھ لیں، اور پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>جواب دیکھیں اور اس کے ساتھ ہدایت بھی۔</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>کیس دیکھ لیں: یہ اسی ٹاسک کا، پورا اور ویسا ہی ہونا چاہیے جیسے دستخط ہوئے تھے۔</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>دوبارہ ادائیگی سے پہلے والیٹ کا بیلنس دیکھ لیں۔</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>سیٹنگز میں “نئے ورژن” کے نیچے ڈھونڈیں۔ ڈاؤن لوڈ سے پہلے آپ دیکھ لیتے ہیں کہ کتنا ڈیٹا لگے گا۔</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>کسی نئے کے لیے کام کرنے سے پہلے یہاں دیکھیں۔</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>دیکھیں کہ ایسی فائل پہلے سے تو نہیں، اور ڈسک بھری تو نہیں۔</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>آخری بار دیکھا: {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>نیا ورژن ڈھونڈنے کے لیے کنکشن چاہیے۔</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>نیا ورژن ڈھونڈ رہے ہیں…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>اوسطاً نقصان</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>ہار گئے: دوسرے جائزہ کاروں نے بھی مسترد کیا۔</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>والیٹ بنائیں۔ نہ کوئی خرچ، نہ بینک چاہیے، نہ نام۔</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>نیا بنائیں، یا پرانا اس کے الفاظ سے واپس لائیں۔</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>کھڑکی میں نیا بنائیں، یا اپنا واپس لائیں۔</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>مزید کام لینے سے پہلے جگہ بنائیں؛ جو محفوظ ہے وہ سلامت ہے۔</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>جگہ بنائیں، پھر جاری رکھیں۔ جو آ چکا ہے وہ رکھا رہتا ہے۔</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>ایک ہی کام دینے والے کے ایک جیسے بہت سے ٹاسک، ایک قیمت اور ایک جیسے اصولوں کے ساتھ۔</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>نشان</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>کم از کم ایک حصے پر نشان لگائیں۔</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>اصل میں کیے گئے کام سے ناپا گیا۔</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>پیمائشیں</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>طبی تصویریں</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>کام دینے والوں کے پیغامات: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>پیسے وہاں جا سکتے ہیں</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>پیسے وہاں فوراً، آپ کی روزانہ کی حد کے اندر، بغیر پوچھے جا سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>پیسے وہاں آپ کی روزانہ کی حد کے اندر، بغیر پوچھے، اتنے گھنٹوں بعد جا سکتے ہیں: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>اچانک جانچیں اتفاق سے زیادہ ہیں ({one_in} میں 1)۔</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>آپ کے پچھلے جوابوں میں سے معمول سے زیادہ مسترد ہوئے۔</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>اپنی ضمانت کا ایک حصہ وصولی کے لیے نکالیں؟</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>آپ کی ضمانت سے وصولی کے لیے نکالا گیا</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>آپ کی ضمانت میں ڈالا گیا</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>دوسری جگہ نقلیں رکھنے کے لیے سیٹنگز میں نگران ٹاور یا فولڈر بتائیں۔</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>اس کے مالک کا نام دیں۔</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>نام: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>دونوں میں سے کوئی نہیں</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>ان کی تصویر کبھی نہ لیں اور کسی کو کبھی نہ بتائیں، ہمیں بھی نہیں۔</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>نئی اطلاعات: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>نئے ورژن</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>نیا کام</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>نئے آنے والے</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>خبریں جنہیں جانچنے کے لیے کنکشن چاہیے: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>نئی خبریں: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>نو ٹاسک 1 GEM دیں اور ایک کچھ نہ دے: اوسطاً 0.90۔</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>ابھی کسی جواب کا فیصلہ نہیں ہوا، اس لیے انصاف کے بارے میں کچھ نہیں کہا جا سکتا۔</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>اس ٹاسک کی کوئی وصولی انتظار میں نہیں۔</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>کوئی ادھوری فائل نہیں چھوڑی گئی، اور آپ کا کام اس کمپیوٹر پر محفوظ ہے۔</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>ابھی کسی کام کا فیصلہ نہیں ہوا</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>ابھی کسی کام کا فیصلہ نہیں ہوا۔</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>کوئی چابی نہیں بتائی گئی۔</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>اب پیش نہیں ہوتی</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>دیر تک نیٹ ورک نہیں؟ آؤٹ باکس میں “بغیر نیٹ ورک…” چنیں اور فائل USB اسٹک پر لکھ لیں۔</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>‏{code} کی پچھلے 30 دن کی کوئی شرح معلوم نہیں۔ خود لکھیں، یا پلیٹ فارم کی شرح کا انتظار کریں۔</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>ابھی کوئی ریٹنگ نہیں۔</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>کسی مسترد جواب پر اپیل نہیں ہوئی۔</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>داؤ نہیں۔ جب تک آپ کا ریکارڈ نیا ہے معاوضے کا {fee} جانچ پر لگتا ہے؛ آپ کے {audit} جواب جانچے جاتے ہیں۔ ہر جانچے ہوئے درست ٹاسک سے فیس گھٹتی ہے۔</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>یہاں کوئی ٹاسک نہیں</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>کسی ٹاسک کی ادائیگی نہیں بتائی گئی۔</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>اس ٹاسک کا کوئی فیصلہ بلاک چین پر انتظار میں نہیں۔</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>وہاں Gems کا کوئی ورژن نہیں ملا۔</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>ابھی ایسا کوئی کام نہیں جو اچانک جانچ کے لیے چنا جا سکے۔</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>جواب کوئی نہیں جانچتا جب تک کام دینے والا دو اجنبیوں کو اس کے پیسے نہ دے؛ باقی سب ویسے ہی منظور ہو جاتا ہے۔</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>یہاں ابھی کسی نے کچھ نہیں لکھا۔</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>وقت پر کسی نے فیصلہ نہیں کیا، اس لیے منظور مانا جاتا ہے۔</translation>
        </message>
        <message>
            <source>None</source>
            <translation>کوئی نہیں</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>جن مہموں میں آپ کام کرتے ہیں ان میں سے کسی میں ابھی آپ کے لیے ٹاسک نہیں۔</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>اچانک جانچ نہیں ہوئی</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>ابھی کافی جانچا ہوا کام نہیں۔</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>جو یہاں ہے اس سے وضاحت نہیں ہوتی</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>ابھی ظاہر نہیں ہوا</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>درست نہیں</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>نہیں بھیجا گیا: یہ بات چیت بند ہے</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>یقین نہیں؟ واپس دے دیں؛ اس کا کوئی خرچ نہیں۔</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>نہیں لیے گئے؛ کیا کرنا ہے آؤٹ باکس بتاتا ہے: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>ابھی استعمال نہیں ہوا</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>معاوضے کے سوا کچھ نہیں؛ مسترد ہونا قائم رہتا ہے۔</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>جب تک یہ پلیٹ فارم اپنی چابی درج نہ کرائے اس سے بلاک چین پر کچھ وصول نہیں ہو سکتا۔ اسے بتائیں۔</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>چینل میں صفر رقم نہیں ڈالی جا سکتی۔</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>ابھی تک کچھ ادا نہیں ہوا۔</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>اس میں کچھ نہیں بدلا گیا۔</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>ابھی کوئی جواب نہیں دیا۔</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>جاری کام کے لیے کچھ بند نہیں۔</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>اس سے کچھ نہیں کھوتا۔ بار بار ہو تو سیٹنگز میں رپورٹ محفوظ کریں۔</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>کچھ نہیں کھویا؛ والیٹ ابھی بن رہا ہے۔</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>کچھ کم نہیں۔ آخر میں آپ کی ضمانت سے {amount} GEM آئیں گے۔</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>اور کچھ نہیں: معاملہ طے ہو گیا۔</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>کچھ کرنے کی ضرورت نہیں۔ بندش مکمل ہونے پر ضمانت خود آ جاتی ہے۔</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>کچھ کرنے کی ضرورت نہیں: یہ قدم خود دوبارہ بھیجا جاتا ہے۔ کئی دن ادا نہ ہو تو پلیٹ فارم کو بتائیں اور اس سے مزید کام نہ لیں۔</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>اس کا کچھ نہیں رکھا گیا۔ آپ کا ورژن چلتا رہتا ہے۔</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>کوئی غیر معمولی بات نہیں: اتفاق سے تقریباً اتنا ہی ہوتا ہے۔</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>بھیجنے کو کچھ باقی نہیں</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>بھیجنے کو کچھ باقی نہیں۔ فائل پھر بھی نئی خبریں مانگ سکتی ہے: فیصلے اور ادائیگیاں۔</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>کچھ منظور نہیں ہوا، اور کچھ داؤ پر نہیں۔</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>کچھ منظور نہیں ہوا۔</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>کچھ نہیں بدلا اور الفاظ نہیں رکھے گئے۔</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>کچھ نہیں بدلا اور آپ کا لکھا ہوا نہیں رکھا گیا۔</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>کچھ نہیں بدلا۔</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>کچھ نہیں بدلا۔ آپ کا والیٹ اب بھی اس کمپیوٹر پر محفوظ ہے۔</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>کچھ نہیں نکالا گیا۔</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>کچھ نہیں بھیجا گیا، اور جس پر دستخط ہوئے وہ سب یہاں رکھا ہے۔</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>کچھ نہیں بھیجا گیا۔</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>کسی چیز پر دستخط نہیں ہوئے اور کچھ داؤ پر نہیں۔</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>نہ کسی چیز پر دستخط ہوئے نہ کچھ بدلا۔</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>نہ کسی چیز پر دستخط ہوئے نہ وہاں کچھ بھیجا گیا۔ آپ کی چابیاں اور کام اس کمپیوٹر پر ہیں۔</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>کسی چیز پر دستخط نہیں ہوئے۔</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>ابھی کچھ محفوظ نہیں ہوا۔</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>کچھ محفوظ نہیں ہوا۔</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>کچھ نہیں لیا گیا۔ آپ دوبارہ کوشش کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>کچھ نہیں لیا گیا؛ جو آپ کے پاس یہاں ہے وہ سلامت ہے اور مکمل کر کے بھیجا جا سکتا ہے۔</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>آج کی اطلاعات: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>ابھی</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>نمبر والے بٹن جواب چنتے ہیں؛ Enter ٹاسک مکمل کرتا ہے۔ F2 سب بٹن دکھاتا ہے۔</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>منظور جوابوں پر کام دینے والے کے اعتراضات: {n}؛ مانے گئے: {won}۔</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>کسی کام دینے والے کا نہیں</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>ان میں سے ابھی: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>آپ کے پچھلے {last} میں سے {rejected} مسترد ہوئے: آپ کے عام معیار سے کم۔</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>آپ کے پچھلے {last} میں سے {right} درست تھے: آپ کے عام معیار سے بہتر۔</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>آف لائن: کام جاری رکھیں، بعد میں بھیجا جائے گا</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>‏Debian پر libpulse0 انسٹال کریں۔ بغیر آواز اور فلم والے ٹاسک چلتے ہیں۔</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>اوسطاً</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>بلاک چین پر، تصدیق کا انتظار ہے</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>آپ کی ضمانت سے نکل رہا ہے</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>آپ کی ضمانت سے نکل رہا ہے: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>راستے میں: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>ایک جواب بھیجنے کے انتظار میں</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>جوابوں پر مہر لگنے سے ایک بن جاتی ہے۔</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>ایک عدد کہ آپ کا کام کتنا اچھا تھا، اسی کمپیوٹر پر دستخط شدہ فیصلوں سے گنا ہوا۔</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>ایک ووٹ اس کام کو منظور کرتا ہے، اس لیے انکار ثابت نہیں ہوتا۔</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>ایک اور جائزہ کار، جس نے پہلے اس کا فیصلہ نہیں کیا</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>یہاں ایک ٹاسک ہے، تقریباً {time} کا کام</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>اس کھیپ میں ایک ٹاسک باقی</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>آن لائن</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>صرف ایک بلاک چین نوڈ لگا ہے، اس لیے اس کی کسی بات کا موازنہ نہیں ہو سکتا۔</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>اس کا فیصلہ صرف شرائط میں درج ثالث کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>یہ صرف مہموں کا کانٹریکٹ کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>یہ صرف فیصلہ کرنے والا کانٹریکٹ کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>اسے صرف پلیٹ فارم پڑھ سکتا ہے، اور راستے میں کوئی بدل نہیں سکتا۔</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>یہ دستخط شدہ ادائیگی صرف وصول کرنے والا جمع کرا سکتا ہے۔</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>یہ صرف اس مہم کا کام دینے والا کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>چینل کو صرف اس کے دونوں فریق بند کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>نیٹ ورک سے ہو یا USB اسٹک سے، صرف وہی لیا جاتا ہے جس پر Gems بنانے والوں کے دستخط ہوں۔</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>پروفائل کا فولڈر صرف آپ پڑھ سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>پروفائل کی ڈسک پر صرف {megabytes} MB خالی ہیں۔</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>میموری میں صرف {megabytes} MB خالی ہیں۔</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>‏Gems کھولیں</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>براؤزر کھولیں، نیٹ ورک میں لاگ اِن کریں، اور پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>کچھ لینے سے پہلے کوئی مہم کھول کر دیکھیں کہ کتنا جیت یا ہار سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>آؤٹ باکس کھول کر پڑھیں کہ آپ کا جواب کیوں مسترد ہوا، اور کون سی جگہ مراد ہے۔</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>آپ کی پروفائل کھل رہی ہے</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>دوسری مہمیں</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>دوسرے لوگ باری باری یہی ٹاسک کرتے ہیں، جب تک یقین نہ ہو جائے کہ کون سا جواب درست ہے؛ دوسری کوشش نہیں ہوتی۔</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>دوسرے لوگ پھر فیصلہ کرتے ہیں۔ آپ جیتیں تو آپ کی اجرت اور ضمانت واپس ملتی ہے۔</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>اس کمپیوٹر کے دوسرے صارف پروفائل کا فولڈر پڑھ سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>دوسرے جائزہ کار پھر فیصلہ کریں گے، زیادہ سے زیادہ {time} تک۔</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>دوسرا کام</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>دوسرے کارکن</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>آؤٹ باکس</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>پلٹ گیا</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>واجب</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>ادائیگی زیادہ سے زیادہ کب تک</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>پہلے ادا ہوا؛ اس کا کام اس کمپیوٹر پر نہیں</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>آپ کے چینل میں ادا ہوا</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>آپ کے چینل میں ادا ہوا۔</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>ادا کیا گیا</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>دوسرے متفق ہوں تو ادا ہوگا</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>اگلے واؤچر کے ساتھ ادا ہوگا۔</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>اجرت</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>ایک جائزے کی اجرت</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>ایک ٹاسک کی اجرت</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>ان جوابوں کی اجرت جو آپ نے بھیجے اور جن کا فیصلہ باقی ہے۔ تب تک یہ آپ کی نہیں۔</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>کم ٹاسکوں کی ادائیگی کریں۔</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>کم کی ادائیگی کریں۔</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>آپ کی درستی دیکھنے کی اجرت</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>ایک یا زیادہ ٹاسک کی ادائیگی کریں۔</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>ان جائزوں کی اجرت</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>مہم کے کام کی ادائیگی کریں؟</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>اس کام کی اجرت جس کا دوبارہ فیصلہ ہو رہا ہے۔ جلد طے ہوگا کہ کسے ملے گی۔</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>اس واؤچر میں اجرت</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>اپنی کمائی نکالیں؟</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>فی گھنٹہ اجرت</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>وہ اجرت جو طے ہو چکی مگر ابھی دستخط نہیں ہوئے۔ پلیٹ فارم کے اگلے واؤچر میں ہوگی۔</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>وہ اجرت جو پلیٹ فارم کے دستخط سے آپ کی ثابت ہے۔ جب چاہیں وصول کریں۔</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>ادائیگی چینل</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>نہ کچھ ملتا ہے نہ کوئی خطرہ ہے۔</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>جرمانہ</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>مسترد ہونے پر جرمانہ</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>تصویریں</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>تصویریں گرافکس کارڈ بناتا ہے۔</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>تصویریں گرافکس کارڈ کے بغیر بنتی ہیں، اتنا کافی ہے۔</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>اجنبیوں کی تصویریں ایک الگ پروسیس میں کھولی جاتی ہیں۔</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>ستون</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>پلیٹ فارم</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>مشق</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>تین مثالوں سے مشق کریں</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>مہم تیار ہو رہی ہے: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>جواب درست ہو تو A دبائیں۔</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>غلط ہو تو R دبائیں، پھر وجہ چنیں: جواب دینے والے کو معلوم ہونا چاہیے کہ کیا درست کرنا ہے۔</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>کسی بھی عدد کے ساتھ “?” دبا کر پڑھیں کہ اس کا مطلب کیا ہے۔</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>غالباً آپ کے 55 % سے کم جواب درست ہیں۔</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>غالباً آپ کے 70 % سے کم جواب درست ہیں۔</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>اس کے بجائے والیٹ کو پاس ورڈ سے محفوظ کریں۔</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>آپ کے پاس ورڈ سے محفوظ</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>کانٹریکٹ میں ڈالا گیا</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>ہر حصے کے لیے چیزیں ترتیب سے رکھیں۔</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>چیزیں ترتیب سے رکھیں۔</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>داؤ لگائیں؟</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>‏Python {python} پر Gems نہیں چلتا۔</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>‏Qt لوڈ نہیں ہو سکا۔</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>بند کریں</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>پہلے ہدایت پڑھیں۔ یہ بتاتی ہے کہ اچھا جواب کیا ہے۔</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>وصولی کے لیے تیار</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>ابھی وصولی کے لیے تیار: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>تازہ کریں اور پھر چنیں۔</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>تازہ کریں اور پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>حال جاننے کے لیے تازہ کریں۔</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>تازہ کریں، اور دیکھیں کہ بلاک چین اب کیا کہتی ہے۔</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>باقاعدہ</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>مسترد</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>مسترد جواب</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>‏{time} کو مسترد ہوا۔</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>تعلقات</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>قاصد</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>جن ٹاسکوں کے پیسے آپ کو مل چکے انہیں فارغ کریں؟</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>پہلے کچھ ہٹائیں۔</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>پروگرام کو اسی طرح ہٹائیں جیسے اسے انسٹال کیا گیا تھا۔</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>پروگرام کو اس کے فولڈر میں موجود uninstall.sh سے ہٹائیں۔</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>پروگرام کو اپنے سسٹم کے پیکج مینیجر سے ہٹائیں۔</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>کام دینے والا</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>کام دینے والے کی رپورٹ</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>کام دینے والا {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>بلاک کیے گئے کام دینے والے: {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>والیٹ کو خفیہ الفاظ سے واپس لائیں؛ پہلے vault.json کو ایک طرف کر دیں۔</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>جائزہ</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>جائزہ نمبر {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>جائزہ نمبر {n}، جواب دیکھے بغیر کیا گیا</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>جائزہ کار</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>فیصلہ شدہ جائزے: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>معاوضہ</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>معاوضہ 1 GEM، فیس 5 %: آپ کو 0.95 GEM دکھتے اور ملتے ہیں۔</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>ایک ٹاسک کا معاوضہ</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>ٹاسک کا معاوضہ</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>درست</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>‏{file} کے نام سے محفوظ۔</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>پھر مہر لگائیں۔</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>اپنے جواب مہر لگا کر بھیجیں</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>مہر لگی، بھیجنے کے انتظار میں</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>دوسری نظر</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>دوسری کوشش</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>خود کو نقصان پہنچانا</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>اپنے والیٹ سے GEM بھیجیں؟</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>ایک بار میں کم ٹاسک بھیجیں۔</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>اسے {time} تک بھیجیں۔</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>اسے بھیجیں، یا پہلے واپس لیں۔</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>کم بھیجیں، یا پہلے چینل میں جو ہے وہ وصول کریں۔</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>کم بھیجیں، یا پہلے اکاؤنٹ میں GEM ڈالیں۔</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>جو ہو چکا وہ بھیجیں، اس کے فیصلوں کا انتظار کریں، پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>اتنے وقت میں بھیجیں</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>یہ جواب بھیجنا شروع ہو چکا: شاید پلیٹ فارم کے پاس پہنچ گیا ہو۔</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>بھیج رہے ہیں: {total} میں سے {done}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>بھیجی گئی</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>کسی اور پتے پر بھیجا گیا</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>بھیجا گیا، ابھی فیصلہ نہیں ہوا</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>بھیج دیا۔ USB اسٹک واپس دیں، جواب اس پر ہے: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>یہ کمپیوٹر دوسرے بھی استعمال کرتے ہوں تو لاک اور روزانہ کی حد لگائیں۔</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>اس کمپیوٹر کی گھڑی ٹھیک کریں؛ تب تک اس کے دکھائے وقت غلط ہیں۔</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>گھڑی ٹھیک کریں؛ تب تک Gems پلیٹ فارم کے وقت سے چلتا ہے۔</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>تاریخ اور وقت ٹھیک کریں، پھر دوبارہ ڈھونڈیں۔</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>سیٹنگز، حفاظت اور بیک اپ</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>آپ کے طے شدہ جائزے جو بعد میں پلٹ گئے: {reviews} میں سے {overturned}۔</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>جنسی مواد</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>یہ پلیٹ فارم کو دکھائیں۔ اگر آپ کے پاس واؤچر کی فائل ہے، یا کوئی نگران ٹاور جس نے آپ کا رکھا ہو، تو وہاں نیا تر واؤچر ڈھونڈیں: سیٹنگز میں، پیسے، حفاظت میں۔</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>چھوڑا گیا</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>کچھ پہلے مثالیں کرنے کو کہتے ہیں۔ ان کا کوئی خرچ نہیں، اور آپ انہیں دہرا سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>اس میں کچھ پریشان کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>کچھ ٹاسک زیادہ دیتے ہیں، کچھ کم یا کچھ نہیں۔ یہ بہت سے ٹاسکوں کی اوسط ہے۔</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>کسی نے پہلے فیصلے کے خلاف اپیل کی؛ دوبارہ فیصلہ کرنے والوں میں آپ بھی ہیں۔</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>کسی کو گالی یا دھمکی دی گئی ہے</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>پینل کا کوئی رکن مہم کی شرائط کے جائزہ کاروں میں نہیں۔</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>کوئی اسٹک کو نیٹ ورک والے کمپیوٹر تک لے جاتا ہے۔ آپ کا کام نہ کوئی پڑھ سکتا ہے نہ بدل سکتا ہے۔</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>جو آپ کی وصولی بلاک چین تک پہنچاتا اور گیس کوائن ادا کرتا ہے، تھوڑی سی فیس پر۔</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>کچھ اور</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>اس پروگرام میں کچھ خراب ہو گیا۔</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>آپ کے چینل میں کچھ خرابی ہے</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>کچھ رہ گیا</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>آواز</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>آواز اور فلم چل سکتی ہیں۔</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>آواز اور فلم یہاں نہیں چل سکتیں۔</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>آواز اور فلم اس کمپیوٹر پر نہیں کھل سکتیں: سسٹم کی ایک لائبریری نہیں ہے (Debian پر: libpulse0)۔</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>رفتار</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>داؤ</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>داؤ 0.10، معاوضہ 0.50: منظور ہونے پر 0.50 ملتے ہیں اور آپ کے 0.10 واپس۔</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>داؤ پر لگی رقم</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>داؤ واپس آیا</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>داؤ گیا</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>داؤ لگایا</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>داؤ، مسترد ہونے سے گیا</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>مہم کی ذمہ داری لیں؟</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>‏Gems کو ڈیسک ٹاپ سے شروع کریں۔</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>اسے بنانے کے لیے Gems ایک بار شروع کریں۔</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>‏Gems شروع کریں: یہ تازہ ترین درست نقل واپس لاتا ہے اور خراب فائل رکھ لیتا ہے۔ ڈسک دیکھ لیں۔</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>نیا ورژن شروع کریں، یا نئی پروفائل میں والیٹ کو اس کے خفیہ الفاظ سے واپس لائیں۔</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>پروگرام کو --home اور اس کمپیوٹر کی کسی ڈسک کے فولڈر کے ساتھ شروع کریں، یا اس فولڈر کو قابلِ استعمال بنائیں۔</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>مبتدی</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>بلاک چین شروع ہو رہی ہے</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>پلیٹ فارم شروع ہو رہا ہے</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>تھوڑی دیر آن لائن رہیں: Gems انہیں خود واپس دے دیتا ہے۔ پھر دوبارہ کوشش کریں۔</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>تھوڑی دیر آن لائن رہیں: Gems انہیں خود بھیجتا ہے۔ پھر دوبارہ کوشش کریں۔</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>وصولی کے لیے دستیاب رہتا ہے</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>کم از کم {n} حروف رکھیں؛ چند الفاظ ملا کر یاد رکھنا آسان ہے۔</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>آن لائن ہوتے ہوئے کافی ٹاسک لے لیں۔</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>ہو سکے تو پہلے اسے واپس لیں۔</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>جب تک اس کی چابی درج نہ ہو اس پلیٹ فارم سے مزید کام نہ لیں۔</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>اس نیٹ ورک میں کام نہ لیں اور پیسے نہ بھیجیں؛ اس کی فائل جاری کرنے والے کی فائل سے ملائیں۔</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>آن لائن ہوتے ہوئے ٹاسک لیں؛ آپ انہیں بغیر نیٹ ورک کے کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>ان سے پڑھنے کا حق واپس لیں: فولڈر پر chmod 700۔</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>اپنے پہلے ٹاسک لیں</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>واپس لیا گیا</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>ٹاسک لینا</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>ٹاسک نمبر {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>ٹاسک نمبر {n}، درست کیا گیا</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>ٹاسک {index}، کوشش {attempt}: دوسرے اسے دور {round} میں پھر جانچتے ہیں۔</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>‏{campaign} کا ٹاسک {n}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>فیصلہ شدہ ٹاسک: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>ٹاسک جن کا وقت جلد ختم ہوگا: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>آپ جو ٹاسک لیتے ہیں وہ ایک وقت تک آپ کے لیے رکھے رہتے ہیں۔ اس سے پہلے کسی اور کو نہیں ملتے۔</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>ٹاسک جن کا وقت ختم ہو گیا: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>دس کے قریب؛ آپ انہیں بغیر نیٹ ورک کے کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>متن</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>یعنی ایک گھنٹے میں</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>اس پاس ورڈ سے یہ والیٹ نہیں کھلتا۔</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>اعتماد کا صفحہ بتاتا ہے کہ کتنا باقی ہے۔</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>اکاؤنٹ میں بھیجنے کی رقم سے کم GEM ہیں۔</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>رقم بدل گئی ہے۔</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>رقم اس سے زیادہ ہے جو چینل میں آ سکتی ہے۔</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>رقم صفر یا بہت زیادہ ہے۔</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>درست ہونے سے پہلے والا جواب</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>جواب پورا نہیں</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>جواب پر اس ٹاسک کے کارکن کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>جو جواب مسترد ہوا</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>جواب وقت پر بلاک چین میں درج نہیں ہوا۔</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>جواب پر پلیٹ فارم کے دستخط نہیں تھے۔</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>اپیل کا پینل فیصلہ کر رہا ہے۔ آپ کو کچھ کرنے کی ضرورت نہیں۔</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>سپردگی پر پلیٹ فارم کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>پٹی دکھاتی ہے کہ اب تک کم سے کم اور زیادہ سے زیادہ کتنا یقینی ہے۔ ہر جانچ اسے چھوٹا کرتی ہے۔</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>بڑا بٹن آپ کو آگے لے جاتا ہے: اگلے ٹاسک پر، یا نئے کام پر۔</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>بل پر پلیٹ فارم کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>ٹاسک کی ضمانت اور داؤ؛ مسترد ہونا قائم رہتا ہے۔</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>‏{amount} GEM کی ضمانت چلی جاتی ہے۔</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>ضمانت کی حد محفوظ ہو گئی۔</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>آپ کی لگائی ہوئی ضمانت</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>ضمانت؛ مسترد ہونا قائم رہتا ہے۔</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>بس آج پھر ایک گھنٹہ دیر سے آئی۔</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>مہم میں ایسا کوئی دور نہیں۔</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>مہم ابھی ختم نہیں ہوئی۔</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>اس جائزے کی مہم اس کمپیوٹر پر نہیں۔</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>اس ٹاسک کی مہم اس کمپیوٹر پر نہیں۔</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>مہم کا اختتام بہت دور ہوگا۔</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>مہم پہلے ہی ختم ہو چکی ہوگی۔</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>مہم کے دور، اچانک جانچ کا امکان یا جرمانہ ممکن نہیں۔</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>مہموں کے کانٹریکٹ کا منصف کوئی اور ہے۔</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>مہموں کو ایک منصف چاہیے۔</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>یہ کیس اس ٹاسک کی کسی اور سپردگی کا ہے۔</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>کیس یہاں لکھ دیا گیا: {path}</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>بلاک چین سے ابھی نہیں پوچھا جا سکتا۔</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>بلاک چین پر اس کے بجائے کوئی اور فیصلہ ہے۔</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>بلاک چین پر اس مہم کے لیے پیسے نہیں۔</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>بلاک چین ایسا کوئی چینل نہیں جانتی۔</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>بلاک چین نوڈ نے لین دین نہیں لیا: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>بلاک چین نوڈ آدھے گھنٹے سے نیا کچھ نہیں دکھاتے: وہ بلاک چین کے ساتھ چلنا چھوڑ چکے ہیں۔</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>پیسوں کے بارے میں بلاک چین کی بات پلیٹ فارم سے نہیں ملتی: نیچے دیکھیں۔</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>چینل بند ہو رہا ہے یا بند ہو چکا۔</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>چینل بند نہیں کیا جا رہا۔</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>چینل محفوظ نہیں ہوا۔</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>جانچ خود ناکام ہو گئی۔</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>وصولی آپ کے دیے وقت کے بعد آئی۔</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>وصولی منظور نہیں ہوئی۔</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>اس کمپیوٹر کی گھڑی غلط ہے۔</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>لگتا ہے اس کمپیوٹر کی گھڑی غلط ہے۔</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>بندش پہلے سے راستے میں ہے۔</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>بندش قاصد کو دے دی گئی۔ بلاک چین کا جواب ابھی آتا ہے۔</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>چینل کی بندش ابھی مکمل نہیں کی جا سکتی۔</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>آپ کے چینل کی بندش ایک دن پہلے مکمل ہو سکتی تھی، اور پلیٹ فارم نے نہیں کی۔</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>آپ کے چینل کی جو بندش آپ نے مانگی تھی وہ نہیں ہوئی۔</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>گروی رقم پہلے ہی نکل رہی ہے۔</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>کانٹریکٹ نے یہ آپ کے والیٹ میں ادا کر دیا۔</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>کانٹریکٹ آپ کی ضمانت آپ کے لیے رکھتا ہے۔ اسے مکمل کرنے کی کوئی آخری تاریخ نہیں، اور کوئی اور اسے نہیں لے سکتا۔</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>کانٹریکٹ کو اکاؤنٹ سے اتنے GEM لینے کی اجازت نہیں۔</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>کانٹریکٹ نے بغیر وجہ بتائے انکار کیا: اس میں کوئی عدد ٹھیک نہیں، یا گیس کم تھی۔</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>کانٹریکٹ نے انکار کیا: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>کانٹریکٹ آج اس مہم کا مزید حساب نہیں کرتا۔</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>یہ نقل {day} کی ہے۔ اس کے بعد نئے ورژن کے لکھے اندراج: {count}۔</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>ڈیٹابیس نہیں پڑھا جا سکتا۔</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>ڈیٹابیس خراب ہے۔</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>ڈیٹابیس ٹھیک ہے: {answers} جواب، {unsent} ابھی نہیں بھیجے۔</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>اس پروفائل کا ڈیٹابیس خراب ہو گیا تھا۔</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>ڈیٹابیس Gems کے نئے ورژن نے لکھا تھا۔</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>اس کمپیوٹر کی تاریخ غلط ہے۔</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>آپ کے جواب کا فیصلہ: منظور، یا وجہ کے ساتھ مسترد۔</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>نکلنے کی مدت ابھی پوری نہیں ہوئی۔</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>نیٹ ورک کی تفصیل استعمال نہیں ہو سکتی۔</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>ڈسک بھری ہے، اس لیے یہ محفوظ نہیں ہو سکا۔</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>ڈسک بھری ہے۔</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>دستاویز میں ایسا کوئی صفحہ نہیں۔</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>دستاویز پاس ورڈ سے بند ہے۔</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>ڈاؤن لوڈ کسی بھی وقت روکا اور پھر جاری کیا جا سکتا ہے۔ اس دوران کام جاری رکھیں۔</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>قرعہ اس کمپیوٹر پر پھر سے نکالا گیا۔</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>اس فیصلے کے لیے امانت میں رقم کم ہے۔</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>ثبوت یہاں لکھ دیا گیا: {path}</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>جتنے کم اتنا اچھا: جو پوچھا گیا تھا اسی پر فیصلہ کریں۔</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>فائل نہیں پڑھی جا سکتی۔</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>وہاں فائل نہیں لکھی جا سکتی۔</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>فائل نہیں کھل سکی۔</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>فائل نہیں لکھی جا سکی۔</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>فائل خراب ہے۔</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>فائل ابھی اس کمپیوٹر پر نہیں۔</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>فائل اتنی بڑی ہے کہ محفوظ طریقے سے نہیں کھل سکتی۔</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>ڈسک کی فائل اس ٹاسک والی نہیں۔</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>فائل اس پاس ورڈ سے کھلتی ہے جو آپ نے ابھی اس کے لیے لکھا۔</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>والیٹ رکھنے والی فائل خراب ہے۔</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>آپ کا والیٹ رکھنے والی فائل خراب ہے۔</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>فائل کھلنے میں بہت دیر لگی۔</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>اس پروفائل کی فائلیں پڑھی یا لکھی نہیں جا سکتیں۔</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>پہلا: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>پہلی شکایت قائم ہے۔</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>پیسوں کی بات ماننے سے پہلے پہلے دو کو ملایا جاتا ہے۔</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>چار عدد بتاتے ہیں کہ آپ نے کتنا کمایا، کتنا وصول کر سکتے ہیں، کتنا جائزے میں ہے اور کتنا بھیجنا باقی ہے۔</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>سب سے بڑا جس پر اس نے آپ کے لیے دستخط کیے وہی مانا جاتا ہے اور یہاں رکھا ہے۔ اس کے دو دستخط یہ ثابت کرتے ہیں۔</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>جس چابی سے پلیٹ فارم دستخط کرتا ہے وہ بلاک چین پر اس کے نام درج نہیں۔</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>جس چابی سے دستخط ہوئے وہ بلاک چین پر اس پلیٹ فارم کے نام درج نہیں۔</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>چابی یہاں لکھ دی گئی: {path}</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>لیبل غلط ہے</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>آخر کی فہرست بتاتی ہے کہ ہر رقم کیوں آئی یا گئی۔</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>چینلوں اور رقموں کی فہرستوں کی لمبائی ایک جیسی نہیں۔</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>مقامی مشق کا نیٹ ورک شروع نہیں ہوا۔</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>آپ کے جواب پر قرعہ نہیں نکلا، اس لیے اسے کوئی نہیں جانچتا: یہ منظور ہے۔</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>پیسے ابھی بلاک چین پر نہیں جانچے گئے۔</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>وہ پیسے جن میں آپ کو ادائیگی ہوتی ہے۔ ایک GEM کے بہت سے چھوٹے حصے ہیں تاکہ چھوٹے کام کی بھی ادائیگی ہو سکے۔</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>اس امانت کے پیسے پہلے ہی نکل رہے ہیں۔</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>پیسے اس کمپیوٹر نے بلاک چین پر جانچ لیے۔</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>نیٹ ورک پہلے اپنا لاگ اِن مانگتا ہے۔</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>نیا پاس ورڈ اب سے چلے گا۔</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>نیا ورژن لکھا نہیں جا سکا: ڈسک بھری ہے، یا وہاں لکھنے کی اجازت نہیں۔</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>نیا ورژن اگلی بار Gems کھولنے پر شروع ہوتا ہے، آپ کے کام کے بیچ میں کبھی نہیں۔</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>نیا ورژن اگلی بار Gems کھولنے پر شروع ہوگا۔ آپ کا کوئی کام بیچ میں نہیں رکتا۔</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>تازہ ترین بیک اپ نہیں پڑھا جا سکتا۔</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>تازہ ترین، {time} سے</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>اگلا درجہ، {grade}، ابھی بہت دور ہے۔</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>چلانے والے نے آپ کی اپیل کا جواب دے دیا، اور نکالا جانا قائم ہے۔ آپ پھر لکھ سکتے ہیں۔</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>دوسرے جائزہ کار آپ سے متفق ہیں۔</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>دوسرے جائزہ کاروں نے مختلف فیصلہ دیا، اس لیے اس جائزے کی اجرت نہیں ملتی۔</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>پینل میں ایسی کوئی نشست نہیں۔</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>پینل اپنے پتوں کی ترتیب میں نہیں۔</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>پینل پر پلیٹ فارم کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>‏Gems کا وہ حصہ جو آپ کی چابیاں رکھتا ہے رک گیا ہے۔</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>پاس ورڈ خالی ہے۔</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>پاس ورڈ بہت چھوٹا ہے۔</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>ادائیگی پر اس مہم کے کام دینے والے کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>اس بل کی ادائیگی وصول نہیں ہوئی۔</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>‏GEM لینے کی اجازت بہت دیر سے آئی۔</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>تصویر نہیں کھل سکی۔</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>تصویر خراب ہے۔</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>تصویر ابھی اس کمپیوٹر پر نہیں۔</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>تصویر اتنی بڑی ہے کہ محفوظ طریقے سے نہیں دکھائی جا سکتی۔</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>ڈسک کی تصویر اس ٹاسک والی نہیں۔</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>تصویر کھلنے میں بہت دیر لگی۔</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>پلیٹ فارم اپنی چابی کے دستخط سے {milliseconds} ms میں جواب دیتا ہے۔</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>پلیٹ فارم بیک اپ سے واپس آیا ہے اور اس کے پاس آپ کے تازہ ترین واؤچر ابھی نہیں ہیں۔</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>پلیٹ فارم تک پہنچ نہیں ہو رہی۔</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>پلیٹ فارم اپنی میڈیا فائلوں تک نہیں پہنچ پا رہا۔</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>پلیٹ فارم اپنے ڈیٹا کے ذخیرے تک نہیں پہنچ پا رہا۔</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>پلیٹ فارم بلاک چین تک نہیں پہنچ پا رہا۔</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>پلیٹ فارم آپ کا چینل بند کر رہا ہے</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>پلیٹ فارم بھیجا ہوا نہیں پڑھ سکا۔</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>پلیٹ فارم وہ فیصلے گنتا ہے جو اس کمپیوٹر نے نہیں مانے، کیونکہ ان کا ثبوت پورا نہیں اترتا۔ ہر بار شروع ہونے پر انہیں پھر دیکھا جاتا ہے؛ ایسا ہی رہے تو یہ عدد پلیٹ فارم کو دکھائیں۔ نہ مانے گئے فیصلے: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>پلیٹ فارم آپ کا ریکارڈ اس کمپیوٹر سے مختلف گنتا ہے، اس لیے اس کی اجرت اور اچانک جانچ کا امکان آپ والا نہ ہوگا۔ مسلسل کامیاب اچانک جانچیں، اس قسم کے درست ٹاسک، اور اس قسم کے جانچے ہوئے ٹاسک، اس کی اور اس کمپیوٹر کی گنتی سے: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>پلیٹ فارم {theirs} کامیاب اچانک جانچیں گنتا ہے، یہ کمپیوٹر {ours}۔</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>پلیٹ فارم {theirs} جانچے ہوئے ٹاسک گنتا ہے، یہ کمپیوٹر {ours}۔</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>پلیٹ فارم {theirs} درست جواب گنتا ہے، یہ کمپیوٹر {ours}۔</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>پلیٹ فارم نے لاگ اِن قبول نہیں کیا۔</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>پلیٹ فارم نے اسے نہیں لیا</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>پلیٹ فارم نے اسے نہیں لیا۔</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>پلیٹ فارم نے اسے نہیں لیا۔ جو آپ نے اس کے لیے چھوڑا تھا وہ پھر آپ کا ہے۔</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>پلیٹ فارم نے آپ کی اپیل نہیں لی: وہ دیر سے آئی۔</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>پلیٹ فارم نے آپ کی اپیل نہیں لی؛ مسترد ہونا قائم رہتا ہے۔</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>پلیٹ فارم آپ کے اکاؤنٹ کو اس کی اجازت نہیں دیتا۔</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>پلیٹ فارم کے پاس یہ اب نہیں ہے۔</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>پلیٹ فارم کے پاس یہ مہم نہیں ہے۔</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>پلیٹ فارم آپ کا کام نہیں لیتا۔ وقت ختم ہونے سے پہلے بلاک چین کو دکھا دیا جائے تو جمع شدہ گنا جاتا ہے؛ پھر بھی فیصلہ نہ آئے تو کانٹریکٹ آپ کو پلیٹ فارم کی گروی رقم سے ادائیگی کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>پلیٹ فارم ابھی مزید ٹاسک نہیں دے رہا۔</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>پلیٹ فارم آپ کو درجہ {theirs} دیتا ہے، یہ کمپیوٹر {ours} نکالتا ہے۔</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>پلیٹ فارم آپ کو مزید ٹاسک نہیں دیتا۔ آپ جو لکھتے ہیں اسے پلیٹ فارم کا ایک انسان پڑھتا ہے۔</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>پلیٹ فارم کے تازہ ترین ریکارڈ کھو گئے تھے۔ آپ کے واؤچر اور کام اسے واپس دے دیے گئے۔</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>پلیٹ فارم نے اعلان کیا ہے کہ وہ اپنی گروی رقم واپس لے رہا ہے۔</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>یہ پلیٹ فارم کے پاس ہے اور وہ دوسرے جائزہ کاروں سے پوچھ رہا ہے۔</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>پلیٹ فارم کے تازہ ترین ریکارڈ کھو گئے اور اس نے آپ کے واؤچر واپس نہیں لیے۔</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>پلیٹ فارم کے پاس گروی رقم نہیں جو یہ ادا کر سکے۔</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>پلیٹ فارم نے اپنا کام نہیں کیا۔ آپ اسے کانٹریکٹ کے پاس لے جا سکتے ہیں۔</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>آپ کی ضمانت سے جس قدم پر آپ نے دستخط کیے تھے، پلیٹ فارم نے وہ ادا نہیں کیا۔</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>پلیٹ فارم کے پاس آپ کے لیے کچھ نیا نہیں۔</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>پلیٹ فارم کے پاس اس کا صرف ایک حصہ ہے۔</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>پلیٹ فارم نے بلاک چین کو دکھا دیا کہ اس کام کا کچھ واجب نہیں۔</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>پلیٹ فارم نے اس پر دستخط کر دیے</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>پلیٹ فارم نے دستخط کیے ہیں کہ اسے آپ کا کام ملا، اور اس پر کوئی فیصلہ نہیں لایا۔ کانٹریکٹ آپ کو پلیٹ فارم کی گروی رقم سے ادائیگی کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>آپ کی اپیل پلیٹ فارم کے پاس ہے؛ دوسرے جائزہ کار پھر فیصلہ کریں گے۔</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>پلیٹ فارم آپ کا چینل بند کر رہا ہے اور اس کا قاصد آپ کی وصولی نہیں لیتا۔</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>پلیٹ فارم آپ کا ادائیگی چینل بند کر رہا ہے۔</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>پلیٹ فارم اپنی گروی رقم واپس لے رہا ہے، اس لیے اس کے کام پر داؤ نہیں لگایا جاتا۔</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>پلیٹ فارم مہم کے پیسوں سے کل اتنا لے سکتا ہے: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>پلیٹ فارم میں اپنی ہی کوئی خرابی آ گئی۔</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>پلیٹ فارم جائزے کی اجرت یا داؤ مہم کے وعدے سے مختلف دے رہا ہے۔</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>پلیٹ فارم ٹاسک کی اجرت، داؤ یا اچانک جانچ کا امکان مہم کے وعدے سے مختلف دے رہا ہے۔</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>پلیٹ فارم اسے {time} تک کھولتا ہے۔</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>اتنی ہی رقم پلیٹ فارم پر آپ کی واجب ہے، وصولی کے لیے تیار۔ وہ جواب نہ دے تو آپ کا نقصان یہی ایک قدم ہو سکتا ہے۔</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>پلیٹ فارم نے یہ ماننے سے انکار کیا۔</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>پلیٹ فارم کہتا ہے کہ آپ نے اس سے زیادہ داؤ لگایا جتنا یہ کمپیوٹر جانتا ہے۔</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>پلیٹ فارم {theirs} کہتا ہے؛ دستخط شدہ نتیجوں سے {ours} بنتا ہے۔</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>پلیٹ فارم ایسا واؤچر دکھاتا ہے جو اس کے شائع کیے ہوئے سے کم ہے۔</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>پلیٹ فارم نے دستخط کیے کہ آپ کا جواب اس کے پاس ہے۔</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>پلیٹ فارم نے ایک ہی نمبر کے دو مختلف واؤچروں پر دستخط کیے۔</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>پلیٹ فارم نے آپ کی اجرت پر دستخط کر دیے</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>پلیٹ فارم کے پاس اس وصولی کا جواب دینے کا وقت باقی ہے۔</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>پلیٹ فارم کے پاس جواب دینے کا وقت باقی ہے۔</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>پلیٹ فارم کے پاس {time} تک وقت ہے۔ اس کے بعد لے جایا جا سکتا ہے۔</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>پلیٹ فارم اپ لوڈ کسی اور طریقے سے لیتا ہے۔</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>پلیٹ فارم ان ٹاسکوں کے فارغ ہونے کا منتظر ہے جن کے پیسے وہ آپ کو دے چکا۔</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>پلیٹ فارم چاہتا ہے کہ آپ پھر لاگ اِن کریں۔</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>پلیٹ فارم کی واؤچروں کی روزانہ فائل اس سے کم دکھاتی ہے جس پر وہ پہلے آپ کے لیے دستخط کر چکا۔</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>سفری فائلوں کے لیے پلیٹ فارم کی چابی یہاں نہیں۔</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>سفری فائلوں کے لیے پلیٹ فارم کی چابی بہت پرانی ہے۔</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>پلیٹ فارم کی چابی ابھی یہاں نہیں۔ اس کمپیوٹر کو ایک بار، ایک منٹ کے لیے، نیٹ ورک سے جوڑیں۔</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>پلیٹ فارم کی چابی بلاک چین پر درج نہیں، اس لیے اس کے کام پر داؤ نہیں لگایا جاتا۔</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>جو کچھ پلیٹ فارم پر آپ کا واجب ہے اس پر اس کے دستخط۔ ان سے بلاک چین آپ کو ادائیگی کرتی ہے، چاہے کچھ بھی ہو۔</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>پلیٹ فارم کے دستخط آتے ہی اس کمپیوٹر پر جانچے گئے۔</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>تصویریں کھولنے والا پروسیس شروع نہیں ہوتا۔</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>یہ پروفائل Gems کی دوسری کھڑکی میں کھلی ہے۔</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>پروفائل {profile} ابھی اس کمپیوٹر پر نہیں ہے۔</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>پروفائل {profile} موجود ہے۔</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>پروفائل کے فولڈر میں لکھا نہیں جا سکتا۔</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>رسید پر پلیٹ فارم کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>ریکارڈنگ یا فلم کی کوڈنگ ایسی ہے جس کی یہاں اجازت نہیں۔</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>ریکارڈنگ، فلم یا دستاویز اتنی لمبی ہے کہ محفوظ طریقے سے نہیں کھل سکتی۔</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>انکار سے کچھ نہیں بدلا، اور کوئی GEM نہیں ہلا۔</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>انکار سے کچھ نہیں بدلا۔ جو امانت میں ہے وہیں رہتا ہے۔</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>انکار سے کچھ نہیں بدلا۔ آپ کا ثبوت رکھا ہے اور پھر لے جایا جا سکتا ہے۔</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>انکار سے کچھ نہیں بدلا۔ آپ کے واؤچر اس کمپیوٹر پر رکھے ہیں۔</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>مسترد ہونا اب پکا ہے۔ آپ کا {amount} GEM کا داؤ گیا۔</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>قاصد کی فیس وصول ہونے والی رقم سے زیادہ ہے۔</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>فارغ کرنے پر کارکن کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>رپورٹ محفوظ نہیں ہو سکی: ڈسک بھری ہے یا اس پر لکھا نہیں جا سکتا۔</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>کام دینے والا</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>کام دینے والے نے اعتراض کیا۔</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>کام دینے والے کے نکلنے کا وقت آ گیا: نیا فیصلہ نہیں ہوگا۔</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>معاوضہ شرائط سے زیادہ ہے۔</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>معاوضہ دوسری کوشش کی حد سے زیادہ نہیں۔</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>ٹاسک کا معاوضہ؛ ضمانت اور داؤ واپس آتے ہیں، اور مسترد ہونا نہیں گنا جاتا۔</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>ٹاسک کا معاوضہ؛ داؤ واپس آتا ہے، اور مسترد ہونا نہیں گنا جاتا۔</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>اصول: دوسرے لوگ وہی ٹاسک کرتے ہیں، جب تک کافی یقین نہ ہو کہ کون سا جواب درست ہے۔</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>اصول: دو اجنبی اسے دیکھتے ہیں۔ صرف جب دونوں کام کو ناقص کہیں تو اجرت کا کچھ حصہ واپس جاتا ہے۔</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>اصول: {n} میں سے {k} جائزہ کار کا متفق ہونا ضروری ہے۔</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>اسکور {first} سے {last} ہو گیا۔</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>یہ بٹن اسکرین خود استعمال کرتی ہے۔ کوئی حرف، ہندسہ یا نشان دبائیں۔</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>دکان نو بجے کھلتی ہے۔</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>دستخط اس اکاؤنٹ کے نہیں جس کے GEM ہیں۔</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>دستخط شدہ ادائیگی دیر سے آئی۔</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>دستخط شدہ ادائیگی ابھی نہیں چلتی۔</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>دستخط شدہ ووٹ ابھی دوبارہ نہیں پڑھے جا سکے۔ آتے ہی ان کی جانچ ہو چکی تھی۔</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>شرح کے ماخذ کے شروع یا آخر میں خالی جگہ ہے۔</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>شرح کا ماخذ سادہ متن کی ایک سطر نہیں جس میں زیادہ سے زیادہ 80 حروف ہوں۔</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>ٹاسک کا داؤ، جو دوسری کوشش سے بچ سکتا تھا؛ مسترد ہونا قائم رہتا ہے۔</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>آپ کا لگایا ہوا داؤ</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>داؤ منظور نہیں ہوا۔</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>داؤ پر دستخط اس چینل کے کارکن کے نہیں۔</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>سسٹم کا کی رِنگ والیٹ کی چابی رکھ سکتا ہے۔</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>ٹاسک بغیر فیصلے کے ختم ہوا، اس لیے آپ کا لگایا ہوا واپس آ گیا۔</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>ٹاسک دستخط شدہ بل پر نہیں۔</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>شرائط آدھے پینل سے کم ووٹ مانگتی ہیں۔</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>شرائط پینل سے زیادہ ووٹ مانگتی ہیں۔</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>شرائط دوسری کوشش کے لیے 30 دن سے زیادہ دیتی ہیں۔</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>شرائط میں پلیٹ فارم نہیں، یا ایسا ہے جو ہو نہیں سکتا۔</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>شرائط میں کام دینے والا نہیں، یا ایسا ہے جو ہو نہیں سکتا۔</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>شرائط ٹاسک کا کچھ نہیں دیتیں۔</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>شرائط میں معاوضوں کا حصہ حد سے باہر ہے۔</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>اپیل کا وقت ابھی ختم نہیں ہوا۔</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>اپیل کا وقت حد سے باہر ہے۔</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>اپیل کا وقت ختم ہو گیا۔</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>اس کی مہلت ختم ہو گئی</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>اس کا وقت ختم ہو گیا۔</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>اس کے پہلے ٹاسک کی مہلت پہلے ہی ختم ہو چکی۔</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>اپیل کرنے کا وقت ختم ہو گیا۔</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>ٹوکن کسی پانے والے کے بغیر نہیں بن سکتا۔</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>ٹوکن نے GEM منتقل نہیں کیے۔</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>منتقلی منظور نہیں ہوئی۔</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>دونوں پیغاموں میں کوئی تضاد نہیں۔</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>کیس کے دونوں حصے الگ الگ ٹاسکوں کے ہیں۔</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>دونوں پاس ورڈ مختلف ہیں۔</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>اپ ڈیٹ انسٹال نہیں ہوا۔</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>فیصلے اور اس کے ووٹوں پر دستخط ہیں۔ اس کمپیوٹر نے ہر دستخط جانچا اور یہ رقم خود گنی۔</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>جائزہ کاروں کا جواب ہی ٹاسک کا جواب ہے؛ دوسری کوشش نہیں ہوتی۔</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>جو ورژن انسٹال ہے وہ چلتا رہتا ہے۔ آپ کے والیٹ اور کام کو نہیں چھیڑا گیا۔</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>ووٹ اپنی نشستوں کی ترتیب میں نہیں۔</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>واؤچر سے ایسا کچھ نہیں ملتا جو پہلے وصول نہ ہوا ہو۔</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>واؤچر اس کمپیوٹر پر رکھا ہے۔</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>واؤچر پر اس چینل کی چابی کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>انتظار ختم ہوا۔ کوئی بھی کہے تو کانٹریکٹ فوراً ادائیگی کرتا ہے۔</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>والیٹ لاک ہے۔</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>گروی رقم نکالنا شروع نہیں کیا گیا۔</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>اس امانت کو نکالنا شروع نہیں کیا گیا۔</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>ٹاسک کا کارکن خود اس کے پینل میں ہے۔</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>اس پر داؤ لگے {amount} GEM جا سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>پھر “کام ڈھونڈیں” کھولیں اور اپنے پہلے ٹاسک لیں۔</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>پھر دوسروں کے فیصلے آتے ہیں؛ کافی لوگ متفق ہوتے ہی آپ کی اجرت جڑ جاتی ہے۔</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>فیصلے کے لیے جتنے ووٹ چاہییں اس سے کم ہیں۔</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>اور بھی نئی خبریں ہیں؛ لینے کے لیے ایک اور فائل لکھیں</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>فائل میں چلتی تصویریں نہیں۔</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>ایسے ٹاسک کے ووٹ ہیں جس کا جواب نہیں۔</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>اس نام کی پروفائل موجود ہے۔</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>دکھانے کے لیے اسکرین موجود ہے۔</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>والیٹ ہے، لیکن اس کے خفیہ الفاظ کبھی دوبارہ نہیں لکھے گئے۔</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>والیٹ ہے؛ اس کے الفاظ کاغذ پر لکھے اور دوبارہ لکھ کر ملائے گئے۔</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>آپ کے چینل میں قاصد کی فیس سے کم ہے۔</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>فائل میں نہ آواز ہے نہ تصویر۔</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>ڈیٹابیس کا ابھی کوئی بیک اپ نہیں۔</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>دیے گئے پتے پر مہموں کا کانٹریکٹ نہیں۔</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>یہاں اپ ڈیٹ سے پہلے کی کوئی نقل نہیں۔</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>ابھی کوئی ڈیٹابیس نہیں۔</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>اس ٹاسک کا یہاں کوئی آخری فیصلہ نہیں۔</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>اپیل کے لیے کوئی اگلا دور نہیں۔</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>کوئی ایسا کی رِنگ نہیں جس کا استعمال محفوظ ہو۔</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>وہاں کوئی نیا تر واؤچر نہیں؛ آپ کا ہی تازہ ترین ہے۔</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>کوئی کھلا ادائیگی چینل نہیں جس میں کچھ ڈالا جا سکے۔</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>ابھی کوئی ادائیگی چینل نہیں۔</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>اس کام دینے والے کی کوئی رپورٹ نہیں۔</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>فائل کے لیے جگہ نہیں۔</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>دکھانے کے لیے اسکرین نہیں۔</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>فائل میں آواز نہیں۔</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>واؤچر کی فائل کے لیے ایسا کوئی فولڈر نہیں۔</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>فلم میں ایسی کوئی تصویر نہیں۔</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>اس کمپیوٹر پر ایسی کوئی پروفائل نہیں۔</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>دیے گئے پتے پر کوئی ٹوکن نہیں۔</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>یہاں کوئی فیصلہ آپ کے انتظار میں نہیں۔</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>یہاں کوئی فیصلہ نہیں جس پر آپ اپیل کر سکیں۔</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>کوئی فیصلہ نہیں جس کے خلاف اپیل ہو۔</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>ابھی کوئی واؤچر نہیں۔</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>یہاں ابھی کوئی والیٹ نہیں۔</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>ابھی کوئی والیٹ نہیں۔</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>ابھی اس قسم کا کام نہیں۔</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>آپ کی ضمانت میں اتنا دستیاب نہیں۔</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>یہاں کچھ نہیں جو کانٹریکٹ ادا کرے: ادا ہو چکا، یا پلیٹ فارم کے پاس وقت باقی ہے۔</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>ابھی کچھ نہیں جو کانٹریکٹ اس کے لیے ادا کرے۔</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>ابھی اتنا وصول کرنے کو نہیں کہ قاصد کی فیس دینا فائدہ مند ہو۔</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>اس کام کے لیے ڈسک پر جگہ کم ہے۔</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>ڈسک پر جگہ کم ہے۔</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>ڈسک پر جگہ کم ہے: {size} اور چاہیے۔</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>کنکشن نہیں تھا۔</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>اتنے ٹاسک ایک مہم میں نہیں ہو سکتے۔</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>یہ آپ کے نئے والیٹ کے الفاظ نہیں۔</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>یہ عدد نئے آنے والے کے ہیں؛ آپ کے جانچے ہوئے کام کے ساتھ بدلتے ہیں۔</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>ان جگہوں پر فہرست کا لفظ نہیں: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>ان پر دستخط ہیں اور کنکشن ملتے ہی یہ چلے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>اپنا جواب دینے سے پہلے انہوں نے آپ کا جواب نہیں دیکھا۔</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>انہوں نے لکھا:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>یہ پتا آپ کی پتوں کی کتاب میں نہیں۔</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>یہ رقم دو طرح پڑھی جا سکتی ہے۔</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>یہ جواب آؤٹ باکس سے جا چکا ہے۔</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>یہ جواب ابھی پورا نہیں: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>یہ جواب پہلے ہی منظور ہو چکا؛ کام دینے والا آپ کو پھر دیکھنے کے پیسے دے رہا ہے۔</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>اس مہم کی کوئی مشق نہیں۔</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>یہ مہم صرف درجہ A کے لیے ہے۔</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>یہ مہم درجہ B اور بہتر کے لیے ہے۔</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>یہ مہم درجہ C اور بہتر کے لیے ہے۔</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>یہ مہم ختم ہو گئی۔</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>اس سفری فائل پر کسی اور پلیٹ فارم کے لیے، یا بہت پہلے مہر لگی تھی۔</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>یہ کمپیوٹر آپ کا واجب خود جوڑتا ہے، اور اس سے کم کا واؤچر نہیں لیتا۔</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>اس کمپیوٹر پر کوئی محفوظ کی رِنگ نہیں، یا وہ بند ہے۔</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>اس کمپیوٹر نے اسے بلاک چین پر دیکھا۔</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>اس کمپیوٹر کی گھڑی پلیٹ فارم کی گھڑی سے ملتی ہے۔</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>اس کمپیوٹر کی گھڑی میں پلیٹ فارم سے {minutes} منٹ کا فرق ہے۔</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>یہ تضاد پہلے ثابت ہو چکا۔</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>یہ پروگرام اپ ڈیٹ کے بغیر بنایا گیا ہے۔</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>اس فائل میں واؤچر نہیں۔</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>یہ سفری فائل ہے، اس کا جواب نہیں۔</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>یہ جواب ہے، بھیجنے کی فائل نہیں۔</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>یہ پلیٹ فارم چلانے والے کے لیے ہے: پہلے گروی رقم دیکھیں۔</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>اطلاع ایسی دکھتی ہے</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>اتنے GEM ایک مہم میں نہیں آ سکتے۔</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>یہ اس سے زیادہ ہے جو ایک دن میں بغیر پوچھے جا سکتا ہے: {limit} GEM، جس میں سے آج {spent} GEM استعمال ہوئے۔</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>یہ پتا نہیں، یا اس کا کوئی حرف غلط ہے۔</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>یہ سفری فائل نہیں، یا ادھوری رہ گئی۔</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>یہ درست پتا نہیں: کوئی حرف یا ہندسہ غلط ہے، کم ہے یا زیادہ۔</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>یہ ایسی keystore فائل نہیں جسے Gems کھول سکے۔</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>یہ ایسی تصویر نہیں جس کی اجازت ہو (PNG، JPEG یا WebP)۔</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>یہ نجی چابی نہیں: چابی میں 64 ہندسے ہوتے ہیں، 0 سے 9 اور a سے f۔</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>یہ ایسی ریکارڈنگ، فلم یا دستاویز نہیں جس کی اجازت ہو (WAV، FLAC، Ogg، MP3، MP4، WebM، PDF)۔</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>یہ GEM کی رقم نہیں۔</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>یہ دوسری کوشش سے پہلے والی کوشش نہیں۔</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>یہ کسی کرنسی کا کوڈ نہیں۔</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>یہ ایک GEM کی قیمت نہیں۔</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>یہ تازہ ترین ورژن ہے۔</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>یہ آپ کی اپنی مہم ہے۔</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>یہ چابی پلیٹ فارم کے نام درج نہیں۔</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>اتنے جائزے جمع ہو رہے ہیں، {time} پر مہر لگی: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>اتنے ٹاسک جمع ہو رہے ہیں، {time} پر مہر لگی: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>اتنے ٹاسک فارغ ہو رہے ہیں، {time} پر مہر لگی: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>اس سے پیسے نہیں ہلتے۔</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>اس نیٹ ورک پر میگا بائٹ گنے جاتے ہیں، اور آپ انہیں دوسری چیزوں کے لیے رکھتے ہیں۔</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>اس نوڈ سے اب نہیں پوچھا جاتا: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>اس آپشن کا بٹن نہیں ہو سکتا۔</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>اس پروفائل میں پہلے سے والیٹ ہے۔</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>یہ پروگرام خود کو اپ ڈیٹ نہیں کر سکتا: اس کے فولڈر میں لکھا نہیں جا سکتا۔</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>یہ جواب کسی اور کی فائل کا ہے، یا آپ کی بہت پہلے لکھی فائل کا۔</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>یہ جواب راستے میں بدل گیا یا خراب ہوا، اس لیے نہیں مانا گیا۔</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>یہ جائزہ ٹاسک خود کر کے لیا جاتا ہے۔</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>یہ جائزہ اب کھلا نہیں۔</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>یہ دستخط شدہ ادائیگی پہلے ہی ہو چکی یا واپس لی جا چکی۔</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>یہ ٹاسک اب واپس نہیں دیا جا سکتا۔</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>یہ ٹاسک آزاد جائزہ نہیں۔</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>یہ ٹاسک اس کمپیوٹر پر نہیں۔</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>یہ ٹاسک اب کھلا نہیں۔</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>یہ ٹاسک بدلا نہیں جا سکتا۔</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>یہ ٹاسک پہلے منظور اور ادا ہو چکا۔</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>یہ ٹاسک پہلے بلاک چین پر لایا جا چکا۔</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>اس ٹاسک کے پیسے پہلے سے نہیں دیے گئے۔</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>اس والیٹ کا پاس ورڈ نہیں۔</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>یہ پہلے ہی کسی اور طرح ہو چکا۔</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>والیٹ کی اپنی کھڑکی میں اس کی تصدیق نہیں ہوئی۔</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>اس پر دستخط نہیں ہوئے: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>اس نگران ٹاور کو اب نقلیں نہیں ملتیں: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>والیٹ رکھنے کا یہ طریقہ معلوم نہیں۔</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>یہ کام نہیں لیا گیا: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>جانچنے والے اپنا جواب دینے سے پہلے آپ کا جواب نہیں دیکھتے۔</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>تین مثالیں</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>وقت</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>ایک ٹاسک کا وقت</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>باقی وقت</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>ادائیگی کا وقت</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>ان ٹاسکوں پر وقت جن سے کچھ نہیں ملا: واپس دیے، مسترد یا چھوڑے گئے۔</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>ڈاؤن لوڈ ہوگا</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>ایک ٹاسک کا ڈاؤن لوڈ</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>اپنی اجرت چینل سے اپنے والیٹ میں لانا۔ اس کے بعد ہی آپ اسے آگے بھیج سکتے ہیں۔</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>اس پتے پر:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>فوراً آپ کے والیٹ میں: {amount} GEM۔ قاصد کی فیس {fee} GEM ہے۔</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>آج</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>آج کے میگا بائٹ ختم ہو گئے۔</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>کل ملا کر</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>آگے بڑھنے کے لیے آپ کے جانچے ہوئے بہت کم جواب درست ہیں۔</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>فیصلہ شدہ کام ابھی بہت کم ہے، اس لیے نہیں کہہ سکتے کہ کتنا مسترد ہوتا ہے۔</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>ناپنے کے لیے کام بہت کم ہوا۔</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>تھوڑی دیر میں بہت زیادہ درخواستیں۔</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>‏{n} بار کوشش ہوئی؛ پھر {time} پر ہوگی۔</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>‏{n} بار کوشش ہوئی؛ پھر اگلے کنکشن پر ہوگی۔</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>اعتماد</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>اعتماد اسکور</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>ایک منٹ میں پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>بعد میں کوشش کریں۔</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>پھر کوشش کریں۔ ایسا ہی رہے تو --fresh کے ساتھ شروع کریں تاکہ مشق کا نیٹ ورک نئے سرے سے چلے۔</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>پھر کوشش کریں؛ ایسا ہی رہے تو ٹاسک بغیر خرچ کے واپس دے دیں۔</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>کام پھر لینے کی کوشش کریں۔</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>بارہ الفاظ</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>بارہ الفاظ جو آپ کا والیٹ کہیں بھی کھول دیں۔ جس کے پاس یہ ہوں آپ کے پیسے اسی کے ہیں: کسی کو نہ بتائیں۔</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>دو اور جائزہ کاروں نے اسے ناقص پایا: معاوضے کا ایک حصہ کام دینے والے کو واپس گیا۔</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>پھر لکھیں؛ Caps Lock اور کی بورڈ دیکھ لیں۔ آپ کے خفیہ الفاظ سے بھی یہ واپس آ جاتا ہے۔</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>دونوں بار ایک ہی لکھیں۔</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>‏GRAM میں کارکن کا داؤ جرمانے کے برابر ہونا چاہیے۔</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>“پڑھنا” میں زبان، حروف اور رنگ بدلتے ہیں۔</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>“کام اور ڈیٹا” میں بتائیں کہ پروگرام دن میں کتنے میگابائٹ استعمال کرے۔</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>ہر ٹاسک کے نیچے دکھتا ہے کہ آگے کیا ہوگا اور کب تک۔</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>والیٹ پھر کھولیں؛ فرق نہ پڑے تو Gems پھر شروع کریں۔</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>والیٹ کھولیں اور پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>بغیر اجرت کا وقت</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>جب تک وہ درج نہ ہو Gems اس کے کام پر داؤ نہیں لگاتا: کوئی کانٹریکٹ آپ کا کیس نہیں سنے گا۔</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>آپ کا جواب تب تک بھیجا جانا چاہیے۔ اس کے بعد ٹاسک کسی اور کو چلا جاتا ہے۔</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>جب تک یہ ختم نہ ہو Gems اس کے کام پر داؤ نہیں لگاتا۔</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>اس وقت تک آپ یا دوسرا فریق اعتراض کر سکتا ہے۔ اس کے بعد فیصلہ پکا ہے۔</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>‏Gems کو اپ ڈیٹ کریں، پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>‏Gems کو اپ ڈیٹ کریں۔ پھر ایسا ہو تو سیٹنگز میں رپورٹ محفوظ کریں اور ہمیں بتائیں۔</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>سیٹنگز میں کوئی اور بلاک چین نوڈ استعمال کریں۔</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>سیٹنگز میں کوئی اور بلاک چین نوڈ استعمال کریں، یا ملانے کے لیے دوسرا شامل کریں۔</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>دوسرے والیٹ کے لیے دوسری پروفائل استعمال کریں۔</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>دوسرے بلاک چین نوڈ استعمال کریں: ان کے پتے سیٹنگز میں دیں۔</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>وہی چابی استعمال کریں جس سے مہم بنی تھی۔</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>تیار شدہ پروگرام استعمال کریں، یا Python 3.11 سے 3.13۔</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>جو کھڑکی کھلی ہے وہی استعمال کریں، یا پہلے اسے بند کریں۔</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>ان کی چابی استعمال کریں۔</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>استعمال ہوا {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>عموماً اتنے وقت میں ادائیگی</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>فیصلہ</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>جائزہ کار</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>جائزہ کار {time} تک فیصلہ کرتے ہیں۔</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>اب جائزہ کار فیصلہ کریں گے۔ آپ کو کچھ کرنے کی ضرورت نہیں۔</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>جائزہ کار فیصلہ کر چکے، اور پلیٹ فارم نے آپ کو پیسے نہیں دیے۔ کانٹریکٹ آپ کو مہم کی امانت سے ادائیگی کر سکتا ہے۔</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>ورژن {new} دو بار شروع نہیں ہوا، اس لیے {old} پھر چل رہا ہے۔</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>ورژن {version} ڈاؤن لوڈ ہو سکتا ہے۔</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>ورژن {version} ڈاؤن لوڈ ہو رہا ہے۔</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>ورژن {version} تیار ہے۔</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>پرانے ماہر</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>ویڈیوز</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>تشدد</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>واؤچر</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>‏{time} کا واؤچر {n} اسے ادا کرتا ہے۔ اس میں کل {paid} GEM وصولی کے لیے اور {bonded} GEM ضمانت کے لیے ہیں۔</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>ذرا رکیں؛ Gems پھر کوشش کرتا ہے۔</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>رکیں جب تک یہ مزید بدل نہ سکے۔</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>اس کے پہنچنے تک رکیں۔</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>اس کے ختم ہونے تک رکیں۔</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>اس کے ہو جانے تک رکیں۔</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>ختم ہونے تک رکیں، پھر کوشش کریں۔</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>رکیں جب تک بلاک چین اسے دکھائے۔</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>فیصلہ پکا ہونے تک رکیں، پھر نکلنا مکمل کریں۔</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>رکیں، پھر پاس ورڈ دوبارہ لکھیں۔ آپ کے خفیہ الفاظ سے بھی یہ واپس آ جاتا ہے۔</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>اگلے کنکشن کا انتظار</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>والیٹ</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>نگران ٹاور</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>‏{day} سے ہفتہ: {had} اچانک جانچیں، متوقع {expected}</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>واپس گیا: دو لوگوں نے کام کو ناقص پایا</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>کیا ہی پیارا دن گزرا!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>مسترد جواب پر معاوضے کے علاوہ آپ کا کتنا نقصان ہوتا ہے۔ یہ کبھی آپ کے داؤ سے زیادہ نہیں۔</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>وہ رقم جو کام دینے والے نے کام کے لیے رکھ دی ہے۔ ٹاسک جاری ہوں تو وہ اسے نہیں نکال سکتا۔</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>جو جواب دے رہا ہے وہ اس نیٹ ورک کا پلیٹ فارم نہیں۔</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>جو نہیں سمایا وہ اگلی فائل میں جائے گا: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>لکھنے والا کیا محسوس کرتا ہے؟</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>جو ضمانت سے نکل گیا وہ اب داؤ نہیں۔</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>جو جمع ہو گیا وہ بعد میں نہیں بدل سکتا۔ اس سے پیسے نہیں ہلتے۔</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>جو ثابت نہیں وہ نہیں لیا گیا۔ جس پر دستخط ہیں وہ واپس آ گیا، اور آپ کے پیسے دستخطوں کے مطابق ہیں۔</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>جو ادا ہو گیا وہ واپس نہیں لیا جا سکتا۔</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>جو بھیج دیا اسے کوئی واپس نہیں لا سکتا۔ پورا پتا اس سے ملائیں جو آپ کو دیا گیا تھا۔</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>دن میں کتنی رقم بغیر پوچھے آپ کے والیٹ سے جا سکتی ہے۔ اس سے زیادہ پر والیٹ پہلے پوچھتا ہے۔</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>لوگوں نے یہاں ایک گھنٹے میں کتنا کمایا، ادا شدہ کام سے ناپا ہوا۔</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>نئے ورژن نے جو لکھا وہ پروفائل کے فولڈر میں الگ رکھا جاتا ہے، کبھی مٹایا نہیں جاتا۔</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>وہ رقم جو پلیٹ فارم نے آپ کو دینے کے لیے رکھ دی ہے۔ آپ کا واجب اس سے زیادہ نہیں ہو سکتا۔</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>پروگرام ایک ٹاسک کے لیے کتنا منگواتا ہے۔ تصویریں اور آواز بڑی ہوتی ہیں، متن چھوٹا۔</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>پروگرام نے آج کتنا بھیجا اور منگوایا۔ زیادہ سے زیادہ کتنا، یہ آپ سیٹنگز میں طے کرتے ہیں۔</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>قاصد آپ کی وصولی پہنچانے کا کتنا رکھتا ہے۔ دستخط سے پہلے دکھتا ہے؛ اس سے زیادہ کبھی نہیں۔</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>جس سے یہ لین دین پڑھا گیا تھا وہ اب اس کمپیوٹر پر نہیں۔</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>جو انتظار میں ہے وہ آن لائن ہوتے ہی خود چلا جاتا ہے، یا “ابھی بھیجیں” سے فوراً۔</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>جو ملا وہ اتنا پرانا ہے کہ اس پر بھروسا نہیں کیا جا سکتا۔</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>جو پیش ہوا اس پر Gems بنانے والوں کے دستخط نہیں۔</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>بھیجی گئی چیز پلیٹ فارم کی حد سے بڑی ہے۔</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>آپ کی کمائی آپ کے چینل میں رہتی ہے۔</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>ایک ٹاسک منظور ہونے پر آپ کو کتنا ملتا ہے۔</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>آپ کی کمائی یہاں رکھی ہے اور وصول ہو سکتی ہے۔ بغیر داؤ والا کام چلتا رہتا ہے۔</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>آپ کی کمائی یہاں رکھی ہے۔ بغیر داؤ والا کام چلتا رہتا ہے۔</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>آپ کا تازہ ترین واؤچر جو دیتا ہے وہ بندش مکمل ہونے تک وصول ہو سکتا ہے۔</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>آپ کا تازہ ترین واؤچر جو دیتا ہے وہ فیس کاٹ کر فوراً آپ کے والیٹ میں آتا ہے۔</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>آپ کا تازہ ترین واؤچر آپ کے لیے جمع کرا دیا جاتا ہے۔ ضمانت بندش مکمل ہونے پر آتی ہے۔</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>جب آپ کا جواب مسترد ہو</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>‏GEM بھیجتے وقت پورا پتا ملا کر دیکھیں۔ اسے واپس نہیں لیا جا سکتا۔</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>جہاں آپ کی اجرت آپ کے لیے محفوظ رہتی ہے۔ صرف آپ اسے وصول کر سکتے ہیں، اور کوئی واپس نہیں لے سکتا۔</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>جو کام کرواتا اور اس کے پیسے دیتا ہے۔</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>جس نے اسے انسٹال کیا وہ وہاں نیا ورژن رکھ سکتا ہے۔ آپ کا والیٹ اور کام کہیں اور رکھے ہیں۔</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>جس کے پاس یہ فائل اور وہ پاس ورڈ ہو، اس والیٹ کا سب کچھ ہمیشہ کے لیے اسی کا ہے۔ Gems آپ سے ایسی فائل کبھی نہیں مانگتا۔</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>جو اس کمپیوٹر پر قبضہ کر لے وہ آپ کی ہاں کے بغیر اتنا بھیج سکتا ہے۔</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>جس نے لکھی تھی اسے پھر لکھنی ہوگی۔</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>کام دینے والے کے بیج کے ساتھ</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>الگ الگ لوگوں کے دو نوڈ ہوں تو جھوٹ بولنے والا پکڑا جاتا ہے۔</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>اگلے دس میں سے {right} درست ہوں تو: کم از کم {low} %، درجہ {grade}۔</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>ایک دن میں</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>ایک ہفتے میں</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>ایک گھنٹے میں</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>تین دن میں</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>بغیر نیٹ ورک، USB اسٹک سے</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>پلیٹ فارم کی رسید کے بغیر صرف وہی وصول ہو سکتا ہے جو وقت پر بلاک چین میں درج ہوا۔</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>جیت گئے: آپ کا جواب منظور ہے۔</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>الفاظ</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>کام</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>ہمیشہ کی طرح کام کریں۔ نیچے کی سطر بتاتی ہے کہ آپ آف لائن ہیں؛ کچھ ضائع نہیں ہوتا۔</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>آپ کا کچھ کام ابھی ادا نہیں ہوا۔ اس چینل میں اب ادا نہیں ہو سکتا۔</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>آف لائن کام کریں</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>جب تک آپ پھر سے ضمانت میں کمائی نہ رکھیں، داؤ مانگنے والا کام آپ کے لیے بند ہے۔</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>پہلے بغیر داؤ کے کام کریں: پہلی کمائی ضمانت کی جیب بھرتی ہے۔</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>آف لائن کام جاری، جیسا آپ نے چنا</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>ایک ٹاسک پر زیادہ سے زیادہ نقصان</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>زخم اور حادثے</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>کم از کم ایک حرف لکھیں۔</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>ہندسے لکھیں، اعشاریہ کے بعد زیادہ سے زیادہ 18، جیسے 0.25۔</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>عدد لکھیں، اعشاریہ کے بعد زیادہ سے زیادہ 8 ہندسے، جیسے 12.50۔</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>اس کے تین بڑے حروف لکھیں، جیسے KES۔</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>بارہ الفاظ ترتیب سے کاغذ پر لکھ لیں۔ آپ کے پیسوں تک واپسی کا یہی ایک راستہ ہے۔</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>انہیں کاغذ پر لکھیں اور تصدیق کریں: ان کے بغیر ڈسک خراب ہو تو پیسے بھی گئے۔</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>لکھیں کہ آپ کے جواب میں کیا درست ہے۔</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>ہر حصے کے لیے اپنا جواب لکھیں۔</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>اپنا جواب لکھیں۔</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>لکھی گئی اور دستخط ہوئے۔ کنکشن ملتے ہی چلی جائے گی۔</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>لکھا گیا، ابھی بھیجا نہیں</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>لکھ دی گئی: {name}۔ USB اسٹک کسی کنکشن والے کو دیں۔</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>غلط</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>ہاں، وعدہ ہے</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>ہاں، شامل کریں</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>ہاں، اپیل کریں</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>ہاں، بدلیں</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>ہاں، بند کریں</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>ہاں، ایکسپورٹ کریں</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>ہاں، جمع کرائیں</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>ہاں، نکالیں</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>ہاں، ادا کریں</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>ہاں، رقم نکالیں</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>ہاں، لگائیں</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>ہاں، فارغ کریں</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>ہاں، بھیجیں</translation>
        </message>
        <message>
            <source>You</source>
            <translation>آپ</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>آپ نے جواب منظور کیا۔</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>یہ پتا آپ نے حال ہی میں شامل کیا ہے۔ اس کے لیے پوچھنا ختم ہوگا: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>آپ نے جواب دیا۔</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>آپ نے اپیل کی اور ہار گئے: دوسرے جائزہ کاروں نے بھی مسترد کیا۔</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>آپ نے اپیل کی اور جیت گئے۔</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>آپ نے اپیل کی۔</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>آپ نے اپیل کی۔ دوسرے جائزہ کار پھر فیصلہ کر رہے ہیں۔</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>آپ اسے کمائی کے صفحے پر وصول کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>آپ 10 GEM وصول کرتے ہیں، فیس 0.02 ہے: 9.98 پہنچتے ہیں۔</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>آپ نے اسے درست کیا: آپ کی دوسری کوشش اس کی جگہ لیتی ہے۔</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>آپ نے اپنا جواب درست کیا۔</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>آپ نے ایک ٹاسک واپس دیا۔ اس کا کوئی خرچ نہیں اور آپ کا داؤ واپس آتا ہے۔</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>آپ اپیل چھوڑتے ہیں، اور اس کے ساتھ اس ٹاسک کا معاوضہ بھی۔</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>آپ دوسری کوشش اور اپیل چھوڑتے ہیں، اور ان کے ساتھ اس ٹاسک کا معاوضہ بھی۔</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>آپ دوسری کوشش چھوڑتے ہیں، اور اس کے ساتھ اس ٹاسک کا معاوضہ بھی۔</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>ٹاسک درست کرنے کے لیے آپ کو واپس ملا، {time} تک۔</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>آپ نے یہ جواب منظور کیا تھا۔</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>آپ نے یہ جواب مسترد کیا تھا: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>آپ نے یہ جواب چھوڑ دیا تھا۔</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>آپ پہلے ہی اپیل کر چکے ہیں۔</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>آپ کے پاس اتنی ادھوری کھیپیں ہیں جتنی ایک اکاؤنٹ کی حد ہے۔</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>آپ دوسری کوشش مکمل کر چکے ہیں۔</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>آپ دوسری کوشش مکمل کر چکے ہیں؛ اپیل کرنی ہو تو پہلے اسے واپس لیں۔</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>آپ دوسری کوشش جمع کرا چکے ہیں، اس لیے پہلا فیصلہ قائم ہے۔</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>آپ اس کی مشق میں کامیاب ہو چکے ہیں۔</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>آپ یہ جواب پہلے پڑھ چکے ہیں۔ اس میں کچھ نیا نہیں۔</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>آپ اس کی شکایت پہلے ہی کر چکے ہیں۔</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>آپ کا درجہ سب سے اونچا ہے۔</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>آپ اس میں 2 GEM رکھتے ہیں؛ ایک ٹاسک 0.10 کا داؤ مانگتا ہے، تو 1.90 دستیاب رہتے ہیں۔</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>آپ نے مسترد ہونا مان لیا۔</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>آپ حال میں بغیر ضمانت کی بہت زیادہ اپیلیں ہارے ہیں۔</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>مسترد ہونے پر آپ اپیل کر سکتے ہیں: پھر دوسرے فیصلہ کرتے ہیں۔</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>آپ {time} تک اپیل کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>مسترد جواب کو آپ ایک بار درست کر کے پھر بھیج سکتے ہیں۔</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>آپ اسے درست کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>آپ اس قسم کے کام کا جائزہ لے سکتے ہیں۔</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>آپ کو گیس کوائن نہیں چاہیے: قاصد ادا کرتا ہے۔</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>آپ اس پر کام کرنے والے ہر شخص سے اس کے متن، اجرت اور اصولوں کا وعدہ کرتے ہیں۔</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>آپ نے جواب مسترد کیا۔</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>آپ نے جواب مسترد کیا: {reason}۔</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>آپ نے شکایت کی</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>آپ نے اسے کانٹریکٹ کے لیے کیس کے طور پر محفوظ کیا۔</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>آپ کہتے ہیں کہ مسترد کرنا غلط ہے، اور دوسرے لوگ پھر فیصلہ کرتے ہیں۔ انہی کا فیصلہ مانا جاتا ہے۔</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>آپ نے اس کمپیوٹر پر اس پر دستخط کیے۔</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>آپ نے لکھا:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>آپ کا اعتماد کا صفحہ بتاتا ہے کہ آپ اس سے کتنا دور ہیں۔</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>آپ کے اکاؤنٹ نے جتنا رکھنے کی اجازت ہے اتنا رکھ لیا۔</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>آپ کا جواب منظور ہوا۔</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>آپ کا جواب جانچ کے لیے قرعے میں نکلا۔</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>آپ کا جواب مسترد ہوا۔</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>آپ کا جواب:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>آپ کے جواب اور پیسے محفوظ ہیں اور انہیں کچھ نہیں ہوا۔</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>‏“{title}” کے لیے آپ کے جوابوں کا فیصلہ ہو گیا۔ کام دینے والا کیسا تھا؟</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>آپ کی اپیل لکھی گئی اور دستخط ہو گئے؛ کنکشن ملتے ہی چلی جائے گی۔</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>آپ کی اپیل اگلے کنکشن کے ساتھ چلی جائے گی۔ آپ کو کچھ کرنے کی ضرورت نہیں۔</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>آپ کی اپیل پلیٹ فارم چلانے والے کے انتظار میں ہے۔ اب جو لکھیں گے وہ اس کی جگہ لے گا۔</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>بندش مکمل ہونے پر ضمانت بھی آ جاتی ہے۔ اس میں اتنا وقت لگتا ہے جتنا چینل کھولتے ہوئے طے ہوا تھا۔</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>آپ کی ضمانت کی جیب میں اس اپیل کی ضمانت جتنا نہیں۔</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>آپ کی ضمانت کی جیب میں داؤ کے لیے کم ہے۔</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>آپ کی ضمانت، چینل ختم ہونے پر</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>آپ کا چینل بند ہو رہا ہے</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>آپ کا چینل پہلے کی طرح کھلا ہے، اور کوئی فیس نہیں کٹی۔</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>ان کے پیسے آپ کے چینل سے مل چکے، اس لیے وہ پیسے پھر کسی سے نہیں مانگے جاتے۔ اس سے پیسے نہیں ہلتے۔</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>آپ کا چینل کھلا رہتا ہے اور جو اس میں ہے وہ آپ کا رہتا ہے۔</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>آپ کی وصولی آپ کے والیٹ میں آ گئی</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>آپ کا ڈیٹا محفوظ رکھا گیا۔</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>آپ کی پہلی اجرت</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>آپ کا درجہ بتاتا ہے کہ آپ کا جانچا گیا کام کتنا درست تھا۔</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>آپ کی چابیاں، کام اور واؤچر اس کمپیوٹر پر ہیں اور ان پر اثر نہیں پڑا۔</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>آپ کی چابیاں، کام اور واؤچر اس کمپیوٹر پر ہیں اور ان پر اثر نہیں پڑا۔ اس جواب سے کچھ درج نہیں کیا گیا۔</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>آپ کی چابیاں، کام اور واؤچر اس کمپیوٹر پر ہیں اور ان پر اثر نہیں پڑا۔ کچھ خرچ نہیں ہوا۔</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>آپ کا تازہ ترین واؤچر {amount} GEM کے لیے جمع کرایا جا رہا ہے۔</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>آپ کا تازہ ترین واؤچر یہاں اور آپ کے نگران ٹاوروں پر رکھا ہے؛ کسی کے بھی ہاتھ سے اس کی قیمت ایک ہی ہے۔</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>آپ کا تازہ ترین واؤچر صرف اس کمپیوٹر پر رکھا ہے۔</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>آپ کا تازہ ترین واؤچر یہاں لکھ دیا گیا: {path}</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>آپ کا اپنا حکم آپ کی اجرت سے ضمانت بھرتا ہے۔ کہاں تک، یہ آپ سیٹنگز میں طے کرتے ہیں۔</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>آپ کی اجرت یوں چلتی ہے: جائزے میں، واجب، وصولی کے لیے تیار، آپ کے والیٹ میں۔</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>آپ کا ادائیگی چینل بند ہو رہا ہے۔</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>آپ کا ادائیگی چینل بند ہو گیا</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>آپ کا ادائیگی چینل پہلے سے بند ہو رہا ہے۔</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>آپ کی اجازت اب چینل سے میل نہیں کھاتی: پہلے کچھ اور وصول ہو گیا۔</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>آپ کی پروفائل کو نہیں چھیڑا گیا۔</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>آپ کی ریٹنگ محفوظ ہو گئی۔ شکریہ۔</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>آپ کی شکایت اگلے کنکشن پر پلیٹ فارم چلانے والے کے پاس جائے گی۔</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>ایک جائزے میں آپ کا حصہ</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>دوسرے جائزہ کار بھی آپ جیسا دیکھیں تو آپ کا داؤ واپس آتا ہے۔</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>اس کام پر آپ کے داؤ جس کا فیصلہ باقی ہے۔ کام منظور ہونے پر واپس آتے ہیں۔</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>آپ کا سسٹم Gems کو اپ ڈیٹ رکھتا ہے۔</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>آپ کا اعتماد اسکور ابھی جائزے کی اجازت نہیں دیتا۔</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>آپ کے واؤچر اور سب ثبوت یہاں رکھے ہیں۔ نہ کچھ دو بار ادا ہوتا ہے نہ آپ کا کچھ کھوتا ہے۔</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>آپ کے واؤچر اور سب ثبوت اس کمپیوٹر پر رکھے ہیں۔</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>آپ کے واؤچر یہاں رکھے ہیں۔ دونوں کسی کو بھی دکھائے جا سکتے ہیں۔</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>آپ کے واؤچر یہاں رکھے ہیں۔ اس کے دو دستخط یہ ثابت کرتے ہیں۔</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>آپ کے واؤچر یہاں رکھے ہیں۔ بلاک چین تازہ ترین واؤچر پر ادائیگی کرتی ہے، پلیٹ فارم کو چاہے جو یاد ہو۔</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>آپ کے والیٹ میں اتنا اور فیس نہیں ہے۔</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>آپ کا والیٹ ویسا ہی ہے جیسا تھا۔</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>آپ کا والیٹ اب بھی اس کمپیوٹر پر محفوظ ہے۔</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>آپ کا والیٹ محفوظ ہے اور کام جوں کا توں ہے۔</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>آپ کے والیٹ نے اس پر دستخط کیے۔ اس کا فنگر پرنٹ {code} ہے۔</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>آپ کے والیٹ نے ان الفاظ کے ساتھ اپیل پر دستخط کیے۔</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>آپ کا کام اس کمپیوٹر پر محفوظ ہے؛ کچھ نہیں بدلا۔</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>آپ کا کام محفوظ ہے۔</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>آپ کا کام منظور ہوا۔ کام دینے والا کچھ وقت تک اعتراض کر سکتا ہے؛ پھر ادائیگی ہوتی ہے۔</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>آپ کا کام، داؤ اور کمائی واپس آ گئے۔ جو کبھی نہیں بھیجا گیا وہ صرف کھوئے ہوئے کمپیوٹر پر تھا۔</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>آپ کے {checked} جانچے ہوئے ٹاسک {counted} گنے جاتے ہیں: آسان ٹاسک، اور ایک ہی کام دینے والے کے بہت سے ٹاسک، کم گنے جاتے ہیں۔</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>آپ کے کرنے کا</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>چند سیکنڈ باقی</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>ایک نشان</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>تقریباً {n} گھنٹے باقی</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>تقریباً {n} منٹ باقی</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>تقریباً {n} سیکنڈ باقی</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>تقریباً {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>منظور ہونے کے بعد</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>اوسط نقصان نکال کر</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>اپیلیں: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>بھیجتے ہی</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>کام دینے والے کے اندازے سے</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>معاوضے کے علاوہ</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>حروف {start} سے {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>نئے آنے والے کے حساب سے، {share} درست جوابوں کے ساتھ</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>‏{share} درست جوابوں کے حساب سے، آپ کے اپنے ریکارڈ سے</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>ہر جواب جانچا جاتا ہے</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>فریم {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>یہ داؤ مانگتا ہے اور ابھی ادائیگی چینل نہیں ہے۔</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>اس کا داؤ نہیں لگایا جا سکتا: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>اس کا وقت ختم ہونے والا ہے۔</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>ابھی ابھی</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>ناپا گیا</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>ادا شدہ کام سے ناپا گیا</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>ابھی والیٹ نہیں</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>ابھی کسی کو ادائیگی نہیں ہوئی</translation>
        </message>
        <message>
            <source>none</source>
            <translation>کوئی نہیں</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>ابھی کافی جانچا ہوا کام نہیں</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>ابھی معلوم نہیں</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>کچھ نہیں</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>کچھ داؤ پر نہیں</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>نشان زدہ حصوں میں سے ایک</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>صرف یہاں</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>صرف اگر کام دینے والا اس کے پیسے دے</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>صرف دوسرے میں</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>صرف معاوضہ نہیں ملتا</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>کھلا سرا</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>مماثلت {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>صفحہ {n}: {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>بھیجنے کے {time} کے اندر ادائیگی</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>غالباً {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>جائزے: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>‏{time} میں بھیجیں</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>چھوڑے گئے جائزے: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>ٹاسک: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>پلیٹ فارم اپنی گروی رقم واپس لے رہا ہے، اس لیے داؤ نہیں لگایا جاتا۔</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>پلیٹ فارم کی چابی بلاک چین پر درج نہیں، اس لیے داؤ نہیں لگایا جاتا۔</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>کام دینے والا {time} تک اعتراض کر سکتا ہے</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>وقت ختم</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>‏{reward} GEM تک</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>فی ٹاسک {size} تک</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>والیٹ {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>جب کسی کو اختلاف نہ ہو</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>آپ کا کچھ نہیں جاتا</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>آپ کے {amount} GEM جاتے ہیں</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>آپ کے ادائیگی چینل میں ابھی کوئی تصدیق شدہ رقم جمع نہیں۔</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>آپ کا ادائیگی چینل بند ہو رہا ہے۔</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>‏{amount} GEM فی ٹاسک</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>‏{amount} GEM منظور ہیں اور {time} تک ادا ہو جائیں گے اگر کام دینے والا اعتراض نہ کرے۔</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>‏{amount} GEM منظور ہیں اور ادا ہو جائیں گے اگر کام دینے والا اعتراض نہ کرے۔</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>آپ کے {audit} جواب قرعے سے چنے جاتے ہیں اور دو اجنبی انہیں جانچتے ہیں؛ جسے دونوں غلط پائیں اس پر {penalty} GEM کا نقصان ہے، باقی سب کی پوری ادائیگی ہوتی ہے۔</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>‏{count} بیک اپ موجود ہیں، تازہ ترین {hours} گھنٹے پرانا ہے۔</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>‏{count} – زیادہ کہنے کے لیے بہت کم۔</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>‏{count} – {percent} %، غالباً {low}–{high} %۔</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>‏{day}: اس دن کے کسی ٹاسک کی ادائیگی ابھی نہیں ہوئی</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>‏{day}: گھنٹے کا حساب لگانے کے لیے وقت کم ہے</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>‏{day}: ادا شدہ ٹاسکوں پر فی گھنٹہ {paid} GEM، بغیر اجرت کے وقت سمیت {all} GEM</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>‏{total} میں سے {done} قدم</translation>
        </message>
        <message>
            <source>{evidence}, {meaning}</source>
            <translation>‏{evidence}، {meaning}</translation>
        </message>
        <message>
            <source>{from_s} – {to_s} s</source>
            <translation>‏{from_s} – {to_s} سیکنڈ</translation>
        </message>
        <message>
            <source>{good} accepted, {bad} rejected</source>
            <translation>‏{good} منظور، {bad} مسترد</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>‏{good} دوسروں سے متفق، {bad} نہیں</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>‏{good} جیتے، {bad} ہارے</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>‏{grade} تک پہنچ گئے؛ 1 اور جانچے ہوئے ٹاسک کے بعد بھی قائم رہے تو آپ کا ہے۔</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>‏{grade} تک پہنچ گئے؛ {more} اور جانچے ہوئے ٹاسک کے بعد بھی قائم رہے تو آپ کا ہے۔</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>‏{grade} – ابھی کافی جانچا ہوا کام نہیں۔</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>‏{h} گھنٹے {m} منٹ</translation>
        </message>
        <message>
            <source>{label} {n}</source>
            <translation>{label} {n}</translation>
        </message>
        <message>
            <source>{mark} of 5</source>
            <translation>5 میں سے {mark}</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>پروفائل کی ڈسک پر {megabytes} MB خالی ہیں۔</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>میموری میں {megabytes} MB خالی ہیں۔</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>‏{month}: {had} اچانک جانچیں، متوقع {expected}</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>جائزہ لینے سے پہلے {more} اور جانچے ہوئے ٹاسک چاہییں۔</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>جائزہ لینے سے پہلے دوسرے کام دینے والوں کے {more} اور جانچے ہوئے ٹاسک چاہییں۔</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>اگلے لیول تک {more} اور جانچے ہوئے ٹاسک۔</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>جائزہ لینے سے پہلے لگاتار {more} اور درست جواب چاہییں۔</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>‏{grade} تک لگاتار {more} اور درست جواب۔</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>‏{names}، اور {n} مزید</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>‏{note} غالباً کم از کم {low} %۔</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>‏{note}؛ ان میں سے {share} آخر میں منظور ہوتے ہیں</translation>
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
            <translation>‏{n} جواب بھیجنے کے انتظار میں</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>‏{n} دن</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>‏{n} نے جواب نہیں دیا۔</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>‏{n} مکمل ٹاسکوں کی مہلت ختم ہو رہی ہے: {time} سے پہلے بھیجیں۔</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>‏{n} گھنٹے</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>آپ کی سیٹنگز نے {n} کو روکا</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>کنکشن ملنے تک {n} اس کمپیوٹر پر رکھے ہیں</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>‏{n} منٹ</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>‏{total} میں سے {n}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>‏{n} باقی</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>‏{n} دوسرے جائزہ کار، جنہوں نے پہلے اس کا فیصلہ نہیں کیا</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>‏{n} نے ریٹ کیا؛ ان میں سے {good} نے 4 یا 5 دیے۔</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>‏{n} مسترد جواب درست ہو سکتے ہیں یا ان پر اپیل ہو سکتی ہے۔</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>‏{n} سیکنڈ</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>اس فیصلے کے {n} دستخط جانچے گئے: آپ کے، پلیٹ فارم کے اور جائزہ کاروں کے۔</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>‏{n} دستخط شدہ ووٹ اس کمپیوٹر پر گنے گئے، اور وہی نتیجہ نکلا۔</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>یہاں {n} ٹاسک ہیں، تقریباً {time} کا کام</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>‏{n} ٹاسک، ہر ایک پر {amount} GEM کا داؤ</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>اس کھیپ میں {n} ٹاسک باقی</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>‏{n} ٹاسکوں کی مہلت ختم ہو رہی ہے: پہلا {time} سے پہلے مکمل کر کے بھیجیں۔</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>‏{rejected} میں سے {overturned} مسترد فیصلے پلٹے – {percent} %، غالباً {low}–{high} %۔</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>کارکنوں کی {whole} میں سے {part} اپیلیں جیتی گئیں</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>جائزہ کاروں کے {whole} میں سے {part} فیصلے بعد میں پلٹے</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>‏{whole} میں سے {part} جواب فیصلے میں منظور ہوئے</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>‏{pay} GEM فی ٹاسک</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>آپ کے پچھلے {last} میں سے {redone} دوبارہ کیے گئے۔</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>پچھلے {last} میں سے {rejected} مسترد ہوئے، آپ کے معمول سے زیادہ۔</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>‏{decisions} میں سے {rejected} مسترد – {percent} %، غالباً {low}–{high} %۔</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>فیس سے پہلے {reward} GEM</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>‏{checked} جانچے ہوئے ٹاسکوں میں سے {right} درست – ابھی کافی جانچا ہوا کام نہیں۔</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>‏{checked} جانچے ہوئے ٹاسکوں میں سے {right} درست – {percent} %، غالباً {low}–{high} %۔</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>‏{checked} جانچے ہوئے ٹاسکوں میں سے {right} درست: آگے بڑھنے کے لیے بہت کم۔ آپ اپیل کر سکتے ہیں۔</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>‏{checked} میں سے {right} درست</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>‏{checks} چھپے ٹیسٹوں میں سے {right} درست؛ جائزے کے لیے اس سے زیادہ چاہییں۔</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>‏{of} میں سے {right} درست</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>‏{share} پلیٹ فارم کے پاس پہنچ چکا۔</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>‏{share} درست ہونے چاہییں۔</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>‏{share} جواب مسترد</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>‏{share} جواب مسترد، {time} میں ادائیگی</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>معاوضے کا {share}</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>فیصلہ شدہ {n} جوابوں میں سے {share} مسترد ہوئے۔</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>فی ٹاسک {size}</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>‏{size} کی فائلیں انتظار میں ہیں۔</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>‏{size} آنا باقی</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>‏{size} ڈاؤن لوڈ</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>آج {size}</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>آج {limit} GEM میں سے {spent} استعمال ہوئے</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>‏{stake} GEM داؤ پر</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>بھیجنے کے {time} بعد</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>‏{time} پہلے</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>فی ٹاسک {time}</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>کل {time}، اس میں {unpaid} بغیر اجرت</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>‏{time} باقی</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>ادا شدہ ٹاسکوں پر {time}</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>‏{title} (ریٹ کیا)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>‏{title} کو الگ رکھ دیا گیا؛ کچھ نہیں مٹایا گیا۔</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>‏{unsent} بھیجنے ہیں، {waiting} فیصلے کے انتظار میں</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>آج {allowed} MB میں سے {used}</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>‏{when}: {all} میں سے {n} ٹاسک ادا ہوئے ({share})</translation>
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
            <translation>بائیں سے {x} %، اوپر سے {y} %</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>‏{yes} نے درست پایا، {no} نے غلط۔</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>“میرے والیٹ میں وصول کریں” سے جو تیار ہے وہ آپ تک آتا ہے۔ دستخط سے پہلے فیس دکھتی ہے۔</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>“موجود رقم” وہ پیسے ہیں جو کام کے لیے پہلے ہی رکھ دیے گئے ہیں۔</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>‏“{key}” پہلے سے “{option}” کا بٹن ہے۔</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>تصویر کھل رہی ہے …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>اس ٹاسک میں کوئی تصویر نہیں دی گئی۔</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>فلم کھل رہی ہے …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>اس سلسلے کے اوقات نہیں پڑھے جا سکتے۔</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>اس ٹاسک میں کوئی سلسلہ نہیں۔</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[تصویر]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>ریکارڈنگ کھل رہی ہے …</translation>
        </message>
    </context>
</TS>
