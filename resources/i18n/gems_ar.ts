<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>أبلغ عن مشكلة</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>يقرؤه مشغّل المنصة. ولا يعرف صاحب العمل من الذي أبلغ.</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>أرسل البلاغ</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>أغلق</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>إلغاء</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>ما الخطأ؟</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>ماذا حدث، في جملة أو جملتين</translation>
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
            <translation>ماذا يحدث بعد ذلك</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>على من الدور</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>صحّحها بدلًا من ذلك</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>صحّحها</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>قدّمها إلى العقد…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>اقبل الرفض</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>ماذا حدث لإجابتك</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>العودة إلى صندوق الإرسال</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>ماذا يحدث بعد ذلك</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>كُتب</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>أُرسل</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>يُحكم فيه من جديد</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>حُكم فيه من جديد</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>كُسب</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>خُسر</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>لم يُقبل استلامه</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>حُسم</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>اعتراض</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>ما يعنيه الاعتراض</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>من يقرر</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>يمكنك الاعتراض حتى</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>القرار في موعد أقصاه</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>الضمان الذي تقدمه (المتاح لك %1 GEM)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>الضمان الذي تقدمه</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>إن خسرت، فكلفة ذلك عليك</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>إن كسبت، تحصل على</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>لماذا إجابتك صحيحة</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>ما الصحيح فيها، في جملة أو جملتين</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>يُوقَّع مع الاعتراض ويُرسل مع أول اتصال. عدد الأحرف: %1 من %2.</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>اعترض وتخلَّ عن المحاولة الثانية</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>وقّع الاعتراض</translation>
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
            <translation>التنبيهات</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>التنبيهات، الجديدة: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>تراجع</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>إعادة</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>التعليمات</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>المفاتيح</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>تراجع عن الأخير</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>يكفي الآن</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>احفظ مرة أخرى</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>قدّم هذه الإجابة</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>تخطَّ</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>التكبير</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>اعرض الصورة كلها</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>احذف ما هو محدد</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>بعض الحملات تطلب ضمانًا. اترك جزءًا من أجرك هنا حتى يبلغ رصيد الضمان هذا المقدار؛ لن تحتاج أبدًا إلى شراء أي شيء.</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>لا يكلفك شيئًا، ويسري من أجرك القادم. لا يتحرك به شيء مما لديك، والمتاح في رصيد الضمان يمكنك إخراجه من جديد.</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>احتفظ به في رصيد الضمان</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>الرقم 0 يعني عدم الاحتفاظ بشيء؛ وتبقى الحملات التي لا تطلب ضمانًا مفتوحة لك.</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>المقدار المحفوظ في رصيد الضمان، بعملة GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>احفظ</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>المتاح الآن في رصيد الضمان</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>انقل إلى الجاهز للسحب…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>هل تنقل من رصيد ضمانك؟</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>يصبح جاهزًا للسحب فورًا. توقّع عليه أنت والمنصة معًا؛ ولا يحدث شيء على سلسلة الكتل، ولا يكلّفك شيئًا.</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>يُنقل على خطوات، كل خطوة بقدر أجر مهمة واحدة، و1 GEM على الأكثر. إذا لم تُجب المنصة، فأقصى ما قد تخسره خطوة واحدة.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>انقل</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>المبلغ</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>المتاح في رصيد الضمان: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>المبلغ المنقول من رصيد الضمان، بعملة GEM</translation>
        </message>
    </context>
    <context>
        <name>CampaignFilter</name>
        <message>
            <source>Filter</source>
            <translation>تصفية</translation>
        </message>
        <message>
            <source>Kind of task</source>
            <translation>نوع المهمة</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>لغة المهام</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>حجم التنزيل للمهمة</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>أقل عدد من GEM في الساعة</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>‏GEM في الساعة على الأقل</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>بلا ضمان</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>رصيد ضماني يكفي لها</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>بلا تدريب</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>المتابَعون فقط</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>المتابَعون أولًا</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>أظهر الكل</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>تم</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>ابحث في الحملات (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>رتّب حسب</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>الأعلى أجرًا</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>الأجر</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>الأقصر</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>أقل ضمان</translation>
        </message>
        <message>
            <source>Filter: %1</source>
            <translation>تصفية: %1</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>تصفية</translation>
        </message>
        <message>
            <source>Rows or cards</source>
            <translation>صفوف أو بطاقات</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>صفوف</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>بطاقات</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>الحملات</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>لا تخبرني بعد الآن بالعمل الجديد</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>أخبرني بالعمل الجديد</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>احظر صاحب العمل هذا</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>أخفِ هذه الحملة</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>أبلغ عن مشكلة</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>أغلق هذه الحملة</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>صاحب العمل %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>تقرير صاحب العمل</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>يمكنك ترك مهمة كهذه في أي وقت، دون أي تكلفة.</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>ما تدفعه</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>ما تخاطر به</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>كيف تُفحص الإجابات</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>الوقت والبيانات</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>صاحب العمل</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>تدرّب من جديد</translation>
        </message>
        <message>
            <source>About</source>
            <translation>حول</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>التعليمات</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>احظر صاحب العمل هذا</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>أخفِ هذه الحملة</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>راسل صاحب العمل</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>أبلغ عن مشكلة</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>حلّ الأمثلة</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>عدد المهام التي تريد أخذها</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>لا تأخذ أي مهمة</numerusform>
                <numerusform>خذ مهمة واحدة</numerusform>
                <numerusform>خذ مهمتين</numerusform>
                <numerusform>خذ %n مهام</numerusform>
                <numerusform>خذ %n مهمة</numerusform>
                <numerusform>خذ %n مهمة</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>‏%1 GEM للمهمة</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>متابَع</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>تدريب</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>تحذير من المحتوى</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>‏%1 GEM في الساعة</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>الضمان %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>بلا ضمان</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>المزيد عن %1</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>حدث خطأ في هذا التطبيق</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>توقف Gems من تلقاء نفسه في المرة السابقة</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>تقرير لمن يساعدك</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>إجاباتك ومالك محفوظان ولم يُمسّا. يمكنك مواصلة العمل.</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>يحتوي التقرير على أرقام إصدارات ومواضع في برنامجنا: لا إجابة ولا عنوان ولا اسم ولا مبلغ. لا يُرسل إلى أحد؛ وإذا حفظته في ملف، يمكنك إعطاؤه لمن تثق به.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>أغلق</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>احفظ التقرير</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>أخفِ ما فيه</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>اعرض ما فيه</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>التقرير</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>جارٍ التنفيذ…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>دون شبكة</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>ينتقل عملك على ذاكرة USB. ومن يحملها لا يستطيع قراءته ولا تغييره.</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>العودة إلى صندوق الإرسال</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>المكان</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>المجلد</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>انظر مرة أخرى</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>عملك</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>ملفات لم يصل ردها بعد: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>ما كُتب في ملف لا يمكن التراجع عنه. وإذا توفرت شبكة قبل ذلك، يُرسل كالمعتاد؛ ولا يُحسب شيء مرتين.</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>اكتب ملفًا</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>في هذا المجلد</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>لا توجد في هذا المجلد ملفات نقل ولا ردود.</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>عند وجود اتصال يمكنك إرسال ملف شخص آخر: ويُكتب الرد بجانبه.</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>اقرأ هذا الرد</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>أرسل هذا الملف</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>قدّمها إلى العقد</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>العودة إلى صندوق الإرسال</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>أقصى ما يدفعه لك</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>آخر موعد لتقديمها</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>ينتظر العقد الاعتراضات</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>حُفظت في ملف</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>كيف يجري الأمر</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. تحفظ ملفًا فيه ما وُقِّع بشأن هذه المهمة. إجابتك ليست فيه، بل بصمتها فقط، وليس فيه أي سر من أسرارك.</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. أي شخص لديه قليل من عملة رسوم الشبكة يقدّمه إلى العقد: صاحب برج مراقبة، أو صديق، أو أنت. لا يحتاج إلا إلى الملف، ولا يستطيع تغيير شيء فيه.</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. ينتظر العقد الاعتراضات، ثم يستطيع أي شخص أن يجعله يدفع. يذهب المال إلى محفظتك، أيًّا كان من يقدّم القضية.</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>الحفظ لا يكلفك شيئًا؛ ومن يقدّم القضية يدفع عملة رسوم الشبكة. وإذا حكم العقد بغير ذلك، فلا يدفع شيئًا، ولا يُؤخذ منك شيء آخر.</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>على سلسلة الكتل يرى الجميع عنوان محفظتك ورقم المهمة وأجرها وكيف حُكم فيها. إذا دفعت لك المنصة بعد ذلك، يوقّع Gems أنها دفعت، والعقد لا يدفع لأحد مرتين.</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>احفظ القضية</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>احفظها مرة أخرى</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>انظر إلى سلسلة الكتل مرة أخرى</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>كصورة</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>كجدول</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>هل تسحب إلى محفظتك؟</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>أنت توقّع طلب سحب لا يستطيع استعماله إلا هذا الناقل، وبهذا الرسم على الأكثر.</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>وقّع واسحب</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>من قناتك</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>رسم الناقل</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>تستلم</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>الناقل</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>صالح حتى</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>يستغرق عادةً بضع دقائق. وإذا لم يُنفَّذ حتى ذلك الحين، يبقى أجرك في قناتك ويمكنك السحب من جديد.</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>الرسم %1 GEM · المعاملة %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>الرسم %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>متابعة</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>إلغاء</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>‏Gems: محفظتك تسأل</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>اختر «لا» إذا لم تطلب هذا. دون جواب تُغلق هذه النافذة من تلقاء نفسها، ولا يُوقَّع شيء ولا يُغيَّر.</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>لا، لا تفعل شيئًا</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>مرّر إلى النهاية لتتمكن من الموافقة.</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>لم يبق أي يوم</numerusform>
                <numerusform>بقي يوم واحد</numerusform>
                <numerusform>بقي يومان</numerusform>
                <numerusform>بقيت %n أيام</numerusform>
                <numerusform>بقي %n يومًا</numerusform>
                <numerusform>بقي %n يوم</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>لم تبق أي ساعة</numerusform>
                <numerusform>بقيت ساعة واحدة</numerusform>
                <numerusform>بقيت ساعتان</numerusform>
                <numerusform>بقيت %n ساعات</numerusform>
                <numerusform>بقيت %n ساعة</numerusform>
                <numerusform>بقيت %n ساعة</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>لم تبق أي دقيقة</numerusform>
                <numerusform>بقيت دقيقة واحدة</numerusform>
                <numerusform>بقيت دقيقتان</numerusform>
                <numerusform>بقيت %n دقائق</numerusform>
                <numerusform>بقيت %n دقيقة</numerusform>
                <numerusform>بقيت %n دقيقة</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>لم تبق أي ثانية</numerusform>
                <numerusform>بقيت ثانية واحدة</numerusform>
                <numerusform>بقيت ثانيتان</numerusform>
                <numerusform>بقيت %n ثوانٍ</numerusform>
                <numerusform>بقيت %n ثانية</numerusform>
                <numerusform>بقيت %n ثانية</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>انتهى الوقت</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>حتى ينتهي الإغلاق:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>الباقي لعملية السحب التي في طريقها:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>كل الحركات</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>كل شيء</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>الأجر</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>الضمانات</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>السحب والإرسال</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>الحركات التي تُعرض وتُصدَّر</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>هذا الأسبوع</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>هذا الشهر</translation>
        </message>
        <message>
            <source>All</source>
            <translation>الكل</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>الفترة التي تُعرض حركاتها وتُصدَّر</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>صدّر CSV</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>اضغط سطرًا لترى لماذا المبلغ هكذا.</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>لا توجد حركات بعد. تُسجَّل هنا الأجور والضمانات وعمليات السحب فور حدوثها.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>متى</translation>
        </message>
        <message>
            <source>What</source>
            <translation>ماذا</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>الحملة</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>الجيب</translation>
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
            <translation>استلم GEM</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>يمكن لأي شخص أن يرى هذا العنوان ويرسل GEM إليه. ولا يستطيع أحد أن يأخذ به شيئًا.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>أغلق</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>عنوانك على شكل رمز QR</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>انسخ لمدة دقيقة</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>الأرباح</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>لا يُحسب إلا ما تحقق منه هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>يوصله ناقل إلى محفظتك مقابل رسم صغير بعملة GEM. لا تحتاج إلى عملة رسوم الشبكة؛ ويُعرض الرسم عليك مسبقًا.</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>لا يوجد الآن ما يمكن سحبه. يُدفع أجر العمل المقبول إلى قناتك ويظهر هنا.</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>جارٍ السحب</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>اسحب إلى محفظتي</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>استلم</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>أرسل</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>أرباح اليوم</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>سبعة أيام</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>المجموع</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>عمليات السحب</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>أُرسل</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>الأرباح حسب اليوم</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>سيظهر أول أجر لك هنا، يومًا بيوم.</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>رصيد الضمان، نُسخ سندات الدفع، السحب التلقائي…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>أرسل GEM</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>هل ترسل هذا؟</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>يوصله ناقل مقابل رسم صغير بعملة GEM. ما أُرسل لا يمكن استرجاعه.</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>قارن العنوان كله، مجموعة بعد مجموعة. ما أُرسل لا يمكن استرجاعه.</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>وقّع وأرسل</translation>
        </message>
        <message>
            <source>From</source>
            <translation>من</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>المحفظة</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>القناة</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>دفتر العناوين</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>اختر…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>إلى</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>هذا ليس عنوانًا كاملًا وصحيحًا بعد.</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>العنوان الذي ترسل إليه</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>المبلغ</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>في محفظتك: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>المبلغ بعملة GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>كل ما يمكن سحبه يذهب إلى هناك مباشرة: %1 GEM.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>متابعة</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>في دفتر عناوينك</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>من قناتك</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>من محفظتك</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>رسم الناقل</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>يصل</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>يمكن تنفيذه حتى</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>يستغرق عادةً بضع دقائق. وإذا لم يُنفَّذ حتى ذلك الحين، فلم يخرج شيء.</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>صاحب العمل</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>النوع</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>المهام المدفوعة</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>الأجر</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>الضمانات ورصيد الضمان</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>المحفظة</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>الحركات</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>المجاميع</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>المجاميع حسب</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>حسب اليوم</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>حسب صاحب العمل</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>حسب النوع</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>مجاميع الفترة</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>هذا الأسبوع</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>هذا الشهر</translation>
        </message>
        <message>
            <source>All</source>
            <translation>الكل</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>لم يتحرك شيء في هذه المدة. اختر مدة أطول في الأعلى.</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>الأيام بتوقيت UTC. ما يصل إلى المحفظة كان من قبل أجرًا أو رصيد ضمان، فلا يُحسب كسبًا مرة أخرى.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>الأجر في الساعة</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>في المهام المدفوعة</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>مع الوقت غير المدفوع</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>الأجر في الساعة حسب اليوم</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>الوقت</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>أنجز بضع مهام: حين يُدفع أجرها ترى هنا كم تجلب الساعة.</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>الوقت غير المدفوع هو البحث عن عمل، والقراءة، والتدريب، والعمل الذي رُفض أو لم يُدفع بعد. يُحسب على هذا الحاسوب، فقط وأنت تستعمل النافذة، ويبقى هنا.</translation>
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
            <translation>أين رصيدك من GEM</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>اعرض أقل</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>اعرض المزيد</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>سند الدفع هو توقيع المنصة على كل ما تدين لك به. به تدفع لك سلسلة الكتل، حتى إن لم تُرد المنصة ذلك.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>أغلق</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>على سلسلة الكتل: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>افتح المهمة</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>أخفِ هذه الرسالة</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>ما معنى «%1»؟</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>المزيد في المساعدة</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>جارٍ السؤال…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>تحديث</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>أنت غير متصل بالشبكة.</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>هذه الحملات كما كانت عند آخر اتصال. المهام التي أخذتها يمكن إنجازها دون شبكة.</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>يمكن أخذ مهام جديدة فور عودة الاتصال.</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>لا توجد حملات بعد</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>لم يجد هذا الحاسوب أي حملة أثناء اتصاله. اتصل بالشبكة مرة واحدة لجلبها.</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>يضيف أصحاب العمل حملات في أي وقت. انظر مرة أخرى بعد قليل.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>انظر مرة أخرى</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>لا توجد حملة تناسب تصفيتك</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>لا توجد حملة فيها هذه الكلمات</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>اعرض الكل</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>خطواتك الأولى</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>كل الصفحات</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>صورة: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>الصفحة السابقة: %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>الصفحة التالية: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>النتائج</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>لم يُعثر على شيء</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>جرّب كلمة قصيرة واحدة، مثل «أجر»، أو تصفّح كل الصفحات.</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>كل الصفحات</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>المساعدة</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>ابحث في المساعدة (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>كل الصفحات</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>أغلق</translation>
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
            <translation>الرئيسية</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>ابدأ بثلاثة أمثلة</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>إجاباتك جاهزة للإرسال</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>خذ مهامك الأولى</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>لا توجد مهام هنا بعد</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>لا شيء ينتظرك</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>تستغرق دقيقة، ولا أجر عليها ولا خطر فيها.</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>الختم يوقّعها؛ وتُرسل فور توفر اتصال.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>خذ دفعة من المهام؛ ومتى وصلت إلى هنا يمكنك العمل عليها دون أي شبكة.</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>عادت للتصحيح</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>تدرّب</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>متابعة</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>أرباح اليوم</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>‏%1 في سبعة أيام</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>مثبت في القناة</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>في انتظار الإرسال</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>الأيام الأخيرة</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>الأرباح حسب اليوم</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>سيظهر أول أجر لك هنا، يومًا بيوم.</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>مكانتك</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>يمكنك المراجعة</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>انظر الأدلة</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>اطّلع عليها في صندوق الإرسال</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>صورة</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>لا يمكن عرض هذه الصورة.</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>المفاتيح</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>اضغط المفتاح الذي تريده له. مفتاح Escape يتركه كما هو.</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>مفتاح Enter يغيّر مفتاح الخيار، وDelete يعيد إليه مفتاحه المعتاد.</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>الخيارات ومفاتيحها</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>تم</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>أعد كل المفاتيح المعتادة</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>اضغط مفتاحه الجديد</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>المفتاح %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>بلا مفتاح</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>اللغة</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>جارٍ التحميل…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>الرئيسية</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>العمل</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>المراجعة</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>صندوق الإرسال</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>الأرباح</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>الثقة</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>الإعدادات</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>المساعدة</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
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
            <translation>الصفحات</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>شبكة تدريب</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>التنبيهات</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>إعدادات التنبيهات</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>أغلق</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>لا تنبيهات بعد</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>هنا تُخبَر بالعمل الجديد والأحكام والمواعيد والأجر.</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>علّم الكل كمقروء</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>جديد</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>أظهر</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>الكل %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>للإرسال %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>في الانتظار %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>مرفوضة %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>مقبولة %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>ابحث حسب الحملة (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>ابحث حسب الحملة</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>راسل صاحب العمل</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>أبلغ عن مشكلة</translation>
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
            <translation>صحّحها</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>اعترض…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>اعتراضك</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>ماذا حدث</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>قدّمها إلى العقد…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>استرجع</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>رسالة جديدة</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>المزيد عن %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>الموضع المعلَّم في المهمة: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>اقبل الرفض</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>صندوق الإرسال</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>دون شبكة…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>جارٍ الإرسال…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>أرسل الآن</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>تُعرض الأحدث فقط. لتجد إجابة أقدم، ابحث عن حملتها.</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>لم يُنجز شيء بعد</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>تنتظر المهام والمراجعات المنجزة هنا حتى تُرسل، وتبقى حتى يُدفع أجرها.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>لا شيء هنا</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>لا توجد مهمة في هذه الحالة الآن.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>أظهر الكل</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>مسودة</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>مختومة</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>مُرسلة</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>محكوم فيها</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>مدفوعة</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>لم تكتمل بعد</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>الخطوة %1 من 5: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>أظهر ما يُكتب</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>أخفِ ما يُكتب</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>مرفوضة</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>اعتراض</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>آخرون يحكمون من جديد</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>مقبولة</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>اسحب</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>الرسم</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>تستلم</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>لافتات الشوارع</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>‏%1 GEM في الساعة</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>بلا ضمان</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>خذ مهام</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>متابعة</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>أرباح اليوم</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>أرسلها اليوم</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>هذا الحاسوب</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>ذاكرة USB</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>حاسوب متصل بالشبكة</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>لافتات الشوارع</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>تنتظر الإرسال</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>مرفوضة</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>مدفوعة</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>الإجابات المرفوضة</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>مدة الدفع</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>الممول الآن</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>تقييماتك</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>أزرق</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>اقبل</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>ارفض</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>لا تتبع التعليمات</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>القراءة</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>العمل والبيانات</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>اثنتا عشرة كلمة على ورقة</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>الحفظ الآمن</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>حدود المحفظة</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>التقدير %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>يمكنك المراجعة</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>ابحث عن إصدار جديد</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>نزّل</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>يبدأ في المرة القادمة</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>موقّع من صانعي Gems</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>اللغة</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>محفظة جديدة</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>اثنتا عشرة كلمة على ورقة</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>لا صورة ولا رسالة</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>ما لون السيارة؟</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>أحمر</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>أزرق</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>الوقت الباقي</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>المشغّل</translation>
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
            <translation>إيقاف مؤقت (Space، وأثناء الكتابة Ctrl+Space)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>تشغيل (Space، وأثناء الكتابة Ctrl+Space)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>صورة واحدة إلى الوراء</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>صورة واحدة إلى الأمام</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>أبطأ</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>السرعة %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>أسرع</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>مستوى الصوت</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>الصوت</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>مقطع</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>شغّل المقطع المحدد (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>تكرار</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>لا يوجد جهاز صوت: التشغيل صامت.</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>تدريب</translation>
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
            <translation>المثال التالي</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>المفاتيح</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>التكبير</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>اعرض الصورة كلها</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>احذف ما هو محدد</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>تدريب · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>تدريب</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>تخطَّ التدريب</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>العودة إلى الحملة</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>التدريب بلا أجر وبلا تكلفة. %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>جارٍ الفحص…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>اطلب فحصها</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>رجوع</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>لقد نجحت</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>لا يكفي بعد</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>المهام الحقيقية تُنجز بالطريقة نفسها، وهي مدفوعة. اختر أولاها الآن.</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>يمكنك الآن أخذ مهام من هذه الحملة.</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>اقرأ التلميحات وجرّب الأمثلة مرة أخرى؛ لك أن تعيدها بقدر ما تشاء.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>العودة إلى الحملة</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>جرّب الأمثلة مرة أخرى</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>ملف شخصي جديد</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>غيّر اسم الملف الشخصي</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>يبدأ فارغًا، وله محفظته وكلمة سره.</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>لا يتغير إلا اسمه؛ ويبقى مجلده ومحفظته في مكانهما.</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>أنشئه وافتحه</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>غيّر الاسم</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>الاسم، بحروف أي لغة</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>هل تضع %1 جانبًا؟</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>يُنقل مجلده كله، ومعه محفظته، خارج القائمة. لا يُحذف شيء؛ ويُعرض مكانه بعد ذلك.</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>ضعه جانبًا</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>اكتب %1 للتأكيد</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>الملفات الشخصية على هذا الحاسوب</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>لكل ملف شخصي مجلده ومحفظته وكلمة سره. ولا يرى أحد عمل ملف آخر دون كلمة سره.</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>‏%1 (مفتوح الآن)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>افتح</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>افتح %1</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>غيّر الاسم…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>غيّر اسم %1</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>ضعه جانبًا…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>ضع %1 جانبًا</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>وُضع جانبًا، ومعه محفظته، في هذا المجلد: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>ملف شخصي جديد…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>اذهب إلى صندوق الإرسال</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>سعر الصرف هذا قديم.</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>اعرض المبالغ أيضًا بعملة %1</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>قيّم صاحب العمل هذا</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>لا، شكرًا</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>أوقف القراءة</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>اقرأ بصوت عالٍ</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>اعترض على إيقافك</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>لماذا يستحق عملك نظرة أخرى</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>يصل إلى مشغّل المنصة ويحتاج إلى اتصال. عدد الأحرف: %1 من %2.</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>جارٍ الإرسال…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>أرسل الاعتراض</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>مطابقة مع سلسلة الكتل</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>لا مهام إجمالًا.</numerusform>
                <numerusform>مهمة واحدة إجمالًا.</numerusform>
                <numerusform>مهمتان إجمالًا.</numerusform>
                <numerusform>%n مهام إجمالًا.</numerusform>
                <numerusform>%n مهمة إجمالًا.</numerusform>
                <numerusform>%n مهمة إجمالًا.</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>الحملة</translation>
        </message>
        <message>
            <source>What</source>
            <translation>ماذا</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>المنصة، GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>السلسلة، GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>المقارنة</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>ما صُرف على سلسلة الكتل يتبع ما كُسب: قد يتأخر عنه، لكنه لا يسبقه أبدًا.</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>كيف يحكم</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>الرفض تقرره لجان من عاملين آخرين، وليس صاحب العمل وحده.</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>سرعة الدفع</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>مدفوعة</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>المهام</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>النسبة</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>لا يُعرف شيء بعد: لم تُدفع أي مهمة لصاحب العمل هذا.</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>ما يقوله العاملون</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>قيّم صاحب العمل هذا</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>لقد عملت هنا، فلك أن تقيّم: مرة لكل حملة، ويمكنك تغيير رأيك. لا يرى صاحب العمل إلا الأعداد.</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>الحملة</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>الأجر</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>قليل جدًا</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>جيد جدًا</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>الوضوح</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>صعب الفهم</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>واضح جدًا</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>السرعة</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>يدفع متأخرًا جدًا</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>يدفع فورًا</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>الإنصاف</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>غير منصف</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>منصف جدًا</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>أرسل التقييم</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>تقرير صاحب العمل</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>حقائق من الأحكام والمدفوعات؛ وما يراه العاملون فيهم مذكور على حدة.</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>كل أصحاب العمل</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>العودة إلى البحث عن عمل</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>أصحاب العمل الذين يعرضون عملًا</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>لا توجد حملة معروفة بعد. ابحث عن عمل أولًا.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>صاحب العمل</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>الحملات</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>اعرض عمله من جديد</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>احظر صاحب العمل هذا</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>محظور: لا يُعرض عليك عمل صاحب العمل هذا.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>المدفوع</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>المجموع، للجميع</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>الأجر في الساعة</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>المراجعون، في الساعة</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>مدة الدفع</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>الممول الآن</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>تضع ضمانًا قدره %1 GEM على إجابتك.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>هل هذه الإجابة صحيحة؟</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>اقبل</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>ارفض…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>تخطَّ</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>ما كان مطلوبًا</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>تضع ضمانًا قدره %1 GEM على حكمك.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>لم تُنجز أي مراجعة</numerusform>
                <numerusform>أُنجزت مراجعة واحدة</numerusform>
                <numerusform>أُنجزت مراجعتان</numerusform>
                <numerusform>أُنجزت %n مراجعات</numerusform>
                <numerusform>أُنجزت %n مراجعة</numerusform>
                <numerusform>أُنجزت %n مراجعة</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>لا يمكنك المراجعة بعد</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>راجع عمل الآخرين</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>الختم يوقّع أحكامك بمفتاحك؛ وتُرسل فور وجود اتصال.</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>المهام المفحوصة الصحيحة ترفع درجة ثقتك؛ وبعد عدد كافٍ منها يمكنك المراجعة.</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>يمكن أخذ المراجعات فور وجود اتصال. أما التي أخذتها فيمكن إنجازها دون اتصال.</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>ترى التعليمات والإجابة، ولا ترى أبدًا من كتبها. ويُذكر الأجر وضمانك مع كل واحدة.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>جارٍ الختم والإرسال…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>اختم للإرسال</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>اختم وأرسل</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>جرّب بحساب المراجع التدريبي</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>جارٍ طلب مراجعات…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>خذ 10 مراجعات</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>كيف ترتفع درجة ثقتي</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>واصل المراجعة</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>تراجع عن الحكم الأخير</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>خذ 100 مراجعة</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>هذه الجلسة</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>ما الخطأ؟</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>اختر سببًا أولًا: يجب أن يعرف صاحب الإجابة ما الذي يصححه.</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>انقر الموضع، أو اضغط Enter عنده</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>علّم موضعًا آخر</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>علّم موضع الخطأ</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>المعلَّم: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>احذف العلامة</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>ملاحظة لصاحب الإجابة (اختيارية)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>ارفض</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>إلغاء</translation>
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
            <translation>تراجع عن الأخير</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>التعليمات</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>يكفي الآن</translation>
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
            <translation>أنت تعمل بحساب المراجع التدريبي، وليس بحسابك.</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>العودة إلى حسابي</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>كلمات الاسترداد معروضة على الشاشة. ولا تُقرأ بصوت مسموع.</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>المحظور والمخفي</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>لا يُعرض عليك هذا العمل، ولا يُجلب منه شيء. المهام التي أخذتها تبقى لك. هذا الحاسوب وحده يعرف ذلك.</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>العودة إلى البحث عن عمل</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>محظور</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>مخفية</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>اعرض عمله من جديد</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>لا شيء محظور أو مخفي</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>حول</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>الإصدار</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>الملف الشخصي</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>الرخصة</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>صُنع باستخدام Qt (LGPL) وخط IBM Plex Sans (OFL) وأيقونات Lucide (ISC). لا تغادر هذا الحاسوب أي بيانات عنك إلا ما تحتاجه المهمة.</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>دفتر العناوين</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>احذف</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>احذف %1</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>أضف عنوانًا</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>قارنه مرة أخرى: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>الاسم، مثل «المدخرات»</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>اسم العنوان</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>العنوان، 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>العنوان</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>جارٍ السؤال في نافذة المحفظة</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>أضف</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>هل كل شيء على ما يرام؟</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>جارٍ الفحص…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>افحص هذا الإعداد</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>أنشئ تقريرًا…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>يفحص هذا الحاسوب وملفك الشخصي والشبكة، ولا يغيّر شيئًا، ويقول بالكلمات ما الخطأ.</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>عمليات السحب</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>السحب تلقائيًا ابتداءً من</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>الرقم 0 يعني عدم السحب تلقائيًا أبدًا. وينتظر السحب أيضًا حتى لا يزيد الرسم على 5 % مما يصل.</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>السحب تلقائيًا ابتداءً من، بعملة GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>احفظ</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>قناة الدفع</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>طلبك إغلاق القناة في طريقه إلى سلسلة الكتل.</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>عندما تتوقف عن العمل لهذه المنصة، أغلق القناة: يعود إليك رصيد ضمانك دون عملة رسوم الشبكة، حتى إن لم تفعل المنصة شيئًا بعد ذلك.</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>أغلق القناة…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>هل تغلق قناة دفعك؟</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>أغلق القناة</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>ما تقبل أن تراه</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>المهام التي قد تزعج تُغطّى حتى تطلب رؤيتها. وما يُوقَف هنا لا يُعرض عليك إطلاقًا.</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>الحفظ الآمن</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>سند الدفع له القيمة نفسها من يد أي أحد، ولا يدفع إلا لك. النُسخ في أماكن أخرى تحفظ أجرك إذا تعطّل هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>احذف</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>احذف برج المراقبة %1</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>برج مراقبة آخر</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>يمكن لأي منصة أن تحفظ سندات دفع الآخرين: أدخل عنوانها.</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>عنوان برج مراقبة</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>أضف</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>وأيضًا كملف في هذا المجلد</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>يُكتب هناك كل سند دفع جديد. إذا تُرك فارغًا: لا ملف.</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>مجلد ملف سند الدفع</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>احفظ</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>اكتب ملفًا الآن</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>ابحث عن سند دفع أحدث</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>في ملف نسخة احتياطية أو لدى برج مراقبة: أدخل مسار الملف أو عنوان البرج. لا يُحفظ إلا ما وقّعته المنصة.</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>ملف أو برج مراقبة لديه سند دفع أحدث</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>ابحث</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>عملتك</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>اعرض المبالغ بهذه العملة أيضًا</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>يبقى GEM أولًا. والمبلغ الآخر تقريبي لقيمته فقط: لا يُدفع به شيء ولا يُوقَّع.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>أخرى</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>عملة أخرى: حروفها الثلاثة، مثل KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>‏1 GEM يساوي</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>رقمك أنت مقدَّم على رقم المنصة. اتركه فارغًا ليُعتمد رقم المنصة.</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>كم يساوي 1 GEM، بعملة %1</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>احفظ</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>البيانات المستعملة</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>آخر 14 يومًا</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>البيانات المستعملة حسب اليوم</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>لم يُرسل شيء ولم يُجلب شيء بعد.</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>تُحسب معها الأسطر التي تسبق كل طلب، دون ما تضيفه شبكتك لنقلها (نحو 3 إلى 5 %).</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>أين تُحفظ محفظتك وعملك</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>مجلد هذا الملف الشخصي</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>الإصدار الجديد لا يغيّر شيئًا في هذا المجلد، وإزالة البرنامج تتركه في مكانه.</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>لا تحذف المجلد إلا إذا كانت كلماتك الاثنتا عشرة على ورقة ولم يبقَ شيء ينتظر الإرسال أو الدفع.</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>عُقَد سلسلة الكتل</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>احذف</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>احذف عقدة سلسلة الكتل %1</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>عقدة أخرى لسلسلة الكتل</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>عنوان عقدة لسلسلة الكتل</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>أضف</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>استعمل عُقَد الشبكة من جديد</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>عمل جديد حيث عملت من قبل</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>الأحكام والاعتراضات</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>مهام يوشك وقتها أن ينتهي</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>الأجر وعمليات السحب</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>التنبيهات</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>هذا النظام لا يعرض إشعارات. تجد التنبيهات تحت الجرس.</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>اعرض التنبيهات خارج النافذة أيضًا</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>إذا أغلق أحد قناة الدفع الخاصة بك فستُخبَر دائمًا، حتى في ساعات الهدوء.</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>اعرض المبالغ خارج النافذة</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>مع صوت قصير</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>جرّبه</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>غيّر كلمة السر</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>صدّر المفتاح إلى ملف</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>كلمة السر الحالية</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>كلمة سر للملف</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>كلمة السر الجديدة</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>كلمة السر نفسها مرة أخرى</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>صدّر، وأكّد في نافذة المحفظة</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>غيّرها</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>الشبكة</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>المنصة</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>شبكة تدريب: عملة GEM هنا بلا قيمة</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>اعمل دون اتصال: لا تبادل تلقائيًا حتى إيقاف هذا الخيار</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>خادم وسيط (Proxy) لكل شيء</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>عنوان مثل http://host:port أو socks5://name:password@host:port. إذا تُرك فارغًا، يُستعمل الخادم الوسيط لنظامك. ما يبقى على هذا الحاسوب لا يمر به أبدًا.</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>عنوان الخادم الوسيط</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>استعمل</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>ساعات الهدوء</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>لا تعرض شيئًا خارج النافذة في هذه الساعات</translation>
        </message>
        <message>
            <source>From</source>
            <translation>من</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>هدوء من</translation>
        </message>
        <message>
            <source>To</source>
            <translation>إلى</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>هدوء إلى</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>عند إغلاق النافذة</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>أظهر Gems في علبة النظام</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>إغلاق النافذة يُبقي Gems يعمل في علبة النظام</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>إذا لم تكن في النظام علبة، فإغلاق النافذة ينهي Gems.</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>القراءة</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>اللغة</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>ترجمة آلية لم يراجعها بعد متحدث أصلي بالعربية. عند عدم الوضوح، المعتمد هو النص الإنجليزي.</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>حجم النص</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>الألوان</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>مثل النظام</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>فاتح</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>داكن</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>تباين عالٍ</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>لا شيء يتحرك من تلقاء نفسه</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>حدود المحفظة</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>ملف حدودك تغيّر أو هو أقدم من محفظتك. يبدأ من جديد: دفتر العناوين فارغ، وإلى أن تضع حدًا تُسأل عن كل شيء.</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>اقفل بعد هذه المدة دون ضغطة مفتاح أو نقرة</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>أبدًا</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>‏%1 دقيقة</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>ما يجوز خروجه في اليوم دون سؤال</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>الحد اليومي، بعملة GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>اضبط</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>انتظار العنوان الجديد</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>حتى ذلك الحين تُسأل عن كل دفعة إليه. يمنحك هذا وقتًا لتلاحظ عنوانًا لم تضفه أنت.</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>بلا انتظار</translation>
        </message>
        <message>
            <source>%1 h</source>
            <translation>‏%1 ساعة</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>Reading</source>
            <translation>القراءة</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>العمل والبيانات</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>التنبيهات</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>الأمان</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>المال</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>الشبكة</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>الملفات الشخصية</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>الإصدارات الجديدة</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>المساعدة</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>الإعدادات</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>كل تغيير يُحفظ فورًا.</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>أقسام الإعدادات</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>رصيد الضمان</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>الإصدارات الجديدة</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>لا يلزمك فعل شيء. لن يُعرض ذلك الإصدار مرة أخرى.</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>الإصدار</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>واصل التنزيل</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>نزّل</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>أوقف؛ وواصل لاحقًا</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>انظر مرة أخرى</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>ابحث عن إصدار جديد</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>البحث تلقائيًا مرة في اليوم، وليس أبدًا حيث تُدفع قيمة الميغابايت</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>من ذاكرة USB أو مجلد…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>من ذاكرة USB أو مجلد</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>يجب أن يكون موقّعًا من صانعي Gems، من أي مكان جاء.</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>مجلد فيه إصدار جديد</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>ابحث هناك</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>من الشبكة من جديد</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>القراءة بصوت عالٍ</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>اعرض قراءة التعليمات والمهام بصوت عالٍ</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>لا صوت قراءة في هذا النظام. ثبّت speech-dispatcher وespeak-ng، ثم افتح Gems من جديد.</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>لا صوت قراءة في هذا النظام. أضف صوتًا من إعدادات النظام، ثم افتح Gems من جديد.</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>المفتاح F8 يقرأ ويوقف. لا يُقرأ شيء تلقائيًا.</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>السرعة بالمئة</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>المحفظة والأمان</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>عنوانك</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>اقفل الآن</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>كلمات الاسترداد على ورقتك. لا شيء هنا يعرضها، ولن يطلبها منك أحد من Gems.</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>العمل والبيانات</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>اجلب مهام أخرى تلقائيًا، من الحملات التي أعمل فيها</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>احتفظ هنا بعمل يكفي هذا العدد من الأيام</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>أيام العمل</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>أقصى تنزيل في اليوم، بالميغابايت</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>ميغابايت في اليوم</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>أيضًا على الشبكات التي تُحسب بالميغابايت</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>هذه الشبكة تُحسب بالميغابايت</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>نبّهني قبل انتهاء وقت المهمة بهذا العدد من الساعات</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>الساعات قبل انتهاء وقت المهمة</translation>
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
            <translation>جارٍ البدء</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>واصل بالنسخة السابقة للتحديث</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>هل تواصل بالنسخة السابقة للتحديث؟</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>أما تشغيل الإصدار الأحدث بدلًا من ذلك فلا يُفقدك شيئًا.</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>واصل بالنسخة</translation>
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
            <translation>الحالة</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>لا شيء ينتظر الإرسال</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>لا إجابات للإرسال</numerusform>
                <numerusform>إجابة واحدة للإرسال</numerusform>
                <numerusform>إجابتان للإرسال</numerusform>
                <numerusform>%n إجابات للإرسال</numerusform>
                <numerusform>%n إجابة للإرسال</numerusform>
                <numerusform>%n إجابة للإرسال</numerusform>
            </translation>
        </message>
        <message>
            <source>Balance %1 %2</source>
            <translation>الرصيد %1 %2</translation>
        </message>
    </context>
    <context>
        <name>StoryMessage</name>
        <message>
            <source>Marked in the task: %1</source>
            <translation>الموضع المعلَّم في المهمة: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>كيف أعرف هذا؟</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>احفظ الأدلة في ملف</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>الرسائل مع صاحب العمل</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>يرى صاحب العمل كلامك فقط، ولا يرى اسمك ولا عنوانك.</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>أرسل الرسالة</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>أغلق</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>أخبرني بالرسائل الجديدة هنا</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>لا تخبرني بعد الآن بالرسائل هنا</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>تُرسل مع أول اتصال. عدد الأحرف: %1 من %2.</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>رسالتك</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>استرجع</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>أبلغ عن مشكلة</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>تسجيل بلا مقاطع</numerusform>
                <numerusform>تسجيل فيه مقطع واحد</numerusform>
                <numerusform>تسجيل فيه مقطعان</numerusform>
                <numerusform>تسجيل فيه %n مقاطع</numerusform>
                <numerusform>تسجيل فيه %n مقطعًا</numerusform>
                <numerusform>تسجيل فيه %n مقطع</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>تسجيل</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>المفتاحان %1 و%2 يحددان بداية المقطع ونهايته، وEnter يعلّمه، وTab ينتقل بين المقاطع، وDelete يحذف مقطعًا.</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>مفتاح Space للتشغيل، والأسهم تنقل ثانية واحدة، ومع Shift خمس ثوانٍ، ومع Ctrl عُشر ثانية؛ علامتا الزائد والناقص للتقريب والإبعاد، و0 يعرض الكل.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>هناك مقطع محدد: اسحب حافتيه أو اضغط %1 و%2، واختيار تسمية يغير تسميته، وDelete يحذفه.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>اختر تسمية، ثم اسحب فوق الموجة، أو اضغط %1 و%2 أثناء التشغيل، ثم Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>مفتوح</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>مطوي</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>الشهر السابق (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>الشهر التالي (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>مطلوب</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>تجب الإجابة عن هذا</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>الرسائل</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>الأسهم للتحديد.</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>الأسهم تحدد رسالة، وE لتعديل رسالتك، وDelete لحذفها، وEscape لإلغاء التحديد.</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>الرسائل: %1، والحد الأدنى %2</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>الرسائل: %1، والحد الأقصى %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>من يقولها</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>اكتب ما يقوله %1</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>اكتب رسالة</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>أضف الرسالة</translation>
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
            <translation>اختر كل ما يناسب</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>اختر واحدًا</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>الوقت</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>التاريخ</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>اكتب التاريخ هكذا: السنة-الشهر-اليوم، مثل 2025-03-31.</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>اكتب السنة والشهر، مثل 2025-03.</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>اكتب السنة بأربعة أرقام.</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>اكتب الوقت بالساعات والدقائق، مثل 14:05.</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>لا يُقبل هذا التاريخ. %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>لا وجود لهذا التاريخ أو الوقت.</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>التاريخ ناقص.</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>الوقت ناقص.</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>من %1 إلى %2</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>‏%1 أو بعده</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>‏%1 أو قبله</translation>
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
            <translation>اختر من التقويم (السهم الأسفل داخل الحقل)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>امسح</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>محفوظ هكذا: %1</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>أخفِ الإجابة الأخرى</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>اعرض الفروق</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>‏%1: مطابقة</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>‏%1 (خط متقطع): لا فروق</numerusform>
                <numerusform>‏%1 (خط متقطع): فرق واحد</numerusform>
                <numerusform>‏%1 (خط متقطع): فرقان</numerusform>
                <numerusform>‏%1 (خط متقطع): %n فروق</numerusform>
                <numerusform>‏%1 (خط متقطع): %n فرقًا</numerusform>
                <numerusform>‏%1 (خط متقطع): %n فرق</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>الفروق</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>محفوظ على هذا الحاسوب</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>جارٍ الحفظ…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>لم يُحفظ بعد</translation>
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
                <numerusform>صورة المهمة بلا مناطق</numerusform>
                <numerusform>صورة المهمة وفيها منطقة واحدة</numerusform>
                <numerusform>صورة المهمة وفيها منطقتان</numerusform>
                <numerusform>صورة المهمة وفيها %n مناطق</numerusform>
                <numerusform>صورة المهمة وفيها %n منطقة</numerusform>
                <numerusform>صورة المهمة وفيها %n منطقة</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>صورة المهمة</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>تصغير (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>عرض الكل (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>تكبير (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>علامتا الزائد والناقص للتكبير والتصغير، و0 يعرض الصورة كلها، وM يُبقي المكبّر ظاهرًا.</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>مفتاح N ينشئ إطارًا، وTab ينتقل بين المناطق.</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>مفتاح N ينشئ شكلًا بيضويًا، وTab ينتقل بين المناطق.</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>انقر الزوايا، أو اضغط N لوضع الأولى. وTab ينتقل بين المناطق.</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>مفتاح N يضع نقطة، والأسهم تحركها. وTab ينتقل بين المناطق.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>الأسهم تحرك المؤشر، وSpace يرسم، و[ و] يغيّران حجم الفرشاة، وE يمحو، وN يبدأ قناعًا جديدًا.</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>الأسهم تحرك الإطار، ومع Shift تغيّر حجمه، و[ و] يديرانه، وDelete يحذفه.</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>الأسهم تحرك الشكل البيضوي، ومع Shift تغيّر حجمه، و[ و] يديرانه، وDelete يحذفه.</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>الأسهم تحركه؛ والفاصلة والنقطة تختاران زاوية تحركها الأسهم، وI يضيف زاوية بعدها، وDelete يزيلها. و[ و] يديران الشكل.</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>الأسهم تحرك النقطة، ومع Shift تغيّر عرضها، وDelete يحذفها.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>الأسهم تحرك المؤشر، وSpace يرسم على هذا القناع، وE يمحو، وN يبدأ قناعًا جديدًا، وDelete يحذف هذا القناع.</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>في القناع تفاصيل أكثر مما يمكن إرساله. ارسمه بفرشاة أعرض.</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>انقر الموضع، أو حرّك المؤشر بالأسهم واضغط Enter.</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>النقر أو N يضع زاوية، والأسهم تحرك الأخيرة، وBackspace يتراجع عنها، وEnter أو النقر على الزاوية الأولى يغلق الشكل، وEscape يلغي المضلع.</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>إطار</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>شكل بيضوي</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>مضلع</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>نقطة</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>فرشاة</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>أدوات الصورة</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>ممحاة</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>الفرشاة: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>الصفحات</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>الصفحة السابقة (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>‏%1 من %2</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>الصفحة التالية (Page Down)</translation>
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
            <translation>اختر تسمية، ثم ارسم إطارًا على الصورة بالسحب (أو اضغط N هناك).</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>اختر تسمية، ثم ارسم شكلًا بيضويًا على الصورة بالسحب.</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>اختر تسمية، ثم انقر زوايا الشكل على الصورة.</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>اختر تسمية، ثم انقر النقطة على الصورة.</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>اختر تسمية، ثم ارسم على الصورة.</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>اختر تسمية، ثم حدّد كلمات في النص.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>اختر تسمية، ثم اسحب فوق الرسم البياني.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>اختر تسمية، ثم اسحب فوق الصوت.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>اختر تسمية، ثم اسحب فوق الخط الزمني.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>اختر تسمية، ثم ارسم إطارًا على الفيلم بالسحب.</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>هناك إطار محدد: اختيار تسمية يغير تسميته، وDelete يحذفه.</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>هناك علامة محددة: اختيار تسمية يغير تسميتها، وDelete يحذفها.</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>التسميات</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>استُعملت بقدر ما يُسمح</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>المستخدم</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>المساعد</translation>
        </message>
        <message>
            <source>System</source>
            <translation>النظام</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>الأداة</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>المطوّر</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>في الإجابة الأخرى غير ذلك</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>عدّل (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>احذف (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>رسالة</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>احفظ (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>من %1 إلى %2</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>‏%1 أو أكثر</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>‏%1 أو أقل</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>بخطوات قدرها %1</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>هذا ليس عددًا.</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>يجب ألا يقل العدد عن %1.</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>يجب ألا يزيد العدد على %1.</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>يجب أن يوافق العدد خطوة من خطوات %1.</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>عدد</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>أقل</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>عدد</translation>
        </message>
        <message>
            <source>More</source>
            <translation>أكثر</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>اختر الأفضل.</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>اختر واحدًا من اثنين</translation>
        </message>
        <message>
            <source>First</source>
            <translation>الأول</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>الثاني</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>صورة</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>لا يمكن عرض إحدى صور هذه المهمة.</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>إيقاف مؤقت</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>تشغيل</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>يشغّل الفقرة التي عندها المؤشر</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>اسحب كل عنصر إلى مكانه، والأفضل في الأعلى.</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>رتّب العناصر بالسحب، والأفضل في الأعلى.</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>حرّك البطاقة بلوحة المفاتيح، والرقم ينقلها إلى عموده</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>حرّك البطاقة بلوحة المفاتيح</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>هذا الترتيب صحيح</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>العناصر بالترتيب</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>عنصر</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>الموضع %1 من %2</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>لا شيء هنا بعد</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>التقدير بالنجوم</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>بلا تقدير. الأسهم تعطي النجوم، وDelete يسحبها.</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>بلا تقدير. الأرقام أو الأسهم تعطي النجوم، وDelete يسحبها.</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>‏%1 من %2 من النجوم</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>‏%1 من %2</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>بلا تقدير</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>إطار</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>شكل</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>نقطة</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>شكل بيضوي</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>مساحة مرسومة</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>كلمات</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>مقطع</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>إطار متحرك</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>علامة</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>‏%1، %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>مخفي</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>مقفل</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>أخفِ</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>أظهر</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>افتح القفل</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>اقفل</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>احذف</translation>
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
                <numerusform>لم يُعلَّم شيء</numerusform>
                <numerusform>العلامات: %n</numerusform>
                <numerusform>العلامات: %n</numerusform>
                <numerusform>العلامات: %n</numerusform>
                <numerusform>العلامات: %n</numerusform>
                <numerusform>العلامات: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>أخفِ الكل</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>أظهر الكل</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>ما عُلِّم</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>الأسهم تحدد، وDelete يحذف، وAlt+H يخفي، وAlt+L يقفل، وEscape يلغي التحديد.</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>أخفِ</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>احذف</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>اقفل</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>لم يُعلَّم شيء بعد.</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>في الاتجاهين</translation>
        </message>
        <message>
            <source>to</source>
            <translation>إلى</translation>
        </message>
        <message>
            <source>from</source>
            <translation>من</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>اعكس الاتجاه (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>احذف (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>لا علاقات</numerusform>
                <numerusform>العلاقات: %n</numerusform>
                <numerusform>العلاقات: %n</numerusform>
                <numerusform>العلاقات: %n</numerusform>
                <numerusform>العلاقات: %n</numerusform>
                <numerusform>العلاقات: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>اربط بهذه (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>اربط (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>إلغاء (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>من %1: انقر العلامة الأخرى، أو حددها واضغط R.</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>حدّد علامة، واضغط R، ثم انقر ما ترتبط به.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>العلاقات</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>الأسهم للتحديد.</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>الأسهم تحدد، وD يعكس الاتجاه، وDelete يحذف.</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>ما هذه العلاقة</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>لم يُختر شيء</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>اختر كل ما يناسب</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>اختر واحدًا</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>اكتب للبحث</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>الأسهم تحرك المؤشر، ومع Shift تحدد؛ وEnter أو مفتاح التسمية يعلّم المحدد. وTab ينتقل بين العلامات؛ وShift مع الأسهم يحرك نهاية العلامة المحددة، وAlt مع الأسهم بدايتها، وDelete يحذفها.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>الأسهم تحرك المؤشر، ومع Shift تحدد.</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>جدول بلا صفوف</numerusform>
                <numerusform>جدول فيه صف واحد</numerusform>
                <numerusform>جدول فيه صفان</numerusform>
                <numerusform>جدول فيه %n صفوف</numerusform>
                <numerusform>جدول فيه %n صفًا</numerusform>
                <numerusform>جدول فيه %n صف</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>المختار</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>اسحب %1</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>ابحث في الأصناف</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>الأصناف</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>الأسهم للتنقل، والسهم الأيسر يفتح فرعًا، والأيمن يغلقه، وSpace يختار.</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>لا صنف في اسمه هذه الحروف.</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>لا يمكن اختيار أي صنف.</numerusform>
                <numerusform>لا يمكن اختيار أكثر من واحد.</numerusform>
                <numerusform>لا يمكن اختيار أكثر من اثنين.</numerusform>
                <numerusform>لا يمكن اختيار أكثر من %n.</numerusform>
                <numerusform>لا يمكن اختيار أكثر من %n.</numerusform>
                <numerusform>لا يمكن اختيار أكثر من %n.</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>تنقّل</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>افتح، أغلق</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>اختر</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>اكتب إجابتك هنا</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>إجابتك</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>احذف هذه الإجابة</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>أضف إجابة أخرى</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>صورة</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>لا يمكن عرض هذه الصورة.</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>قياسات بلا مقاطع</numerusform>
                <numerusform>قياسات فيها مقطع واحد</numerusform>
                <numerusform>قياسات فيها مقطعان</numerusform>
                <numerusform>قياسات فيها %n مقاطع</numerusform>
                <numerusform>قياسات فيها %n مقطعًا</numerusform>
                <numerusform>قياسات فيها %n مقطع</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>قياسات</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>المفتاحان %1 و%2 يحددان بداية المقطع ونهايته، وEnter يعلّمه أو يعلّم اللحظة التي عند المؤشر، وTab ينتقل بين المقاطع، وDelete يحذف مقطعًا.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>الأسهم تحرك المؤشر، ومع Shift عشر خطوات في كل مرة؛ علامتا الزائد والناقص للتقريب والإبعاد، و0 يعرض الكل.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>هناك مقطع محدد: اسحب حافتيه أو اضغط %1 و%2، واختيار تسمية يغير تسميته، وDelete يحذفه.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>اختر تسمية، ثم اسحب فوق الرسوم البيانية؛ والنقرة تعلّم لحظة واحدة.</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>مهمة مغطاة</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>قد تزعجك هذه المهمة</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>تبقى مغطاة حتى تطلب رؤيتها. وتركها لا يكلفك شيئًا.</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>أظهرها</translation>
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
            <translation>مفتاح N ينشئ إطارًا، وTab ينتقل بين الإطارات، والأسهم تحرك المحدد، وShift مع الأسهم يغيّر حجمه، و%1 ينشئ لقطة مفتاحية أو يزيلها، و%2 يجعله يختفي أو يعود، وDelete يحذفه.</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>مفتاح Space للتشغيل، والفاصلة والنقطة تنقلان صورة واحدة؛ علامتا الزائد والناقص للتكبير والتصغير، و0 يعرض الكل.</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>فيلم</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>خط زمني بلا صفوف</numerusform>
                <numerusform>خط زمني فيه صف واحد</numerusform>
                <numerusform>خط زمني فيه صفان</numerusform>
                <numerusform>خط زمني فيه %n صفوف</numerusform>
                <numerusform>خط زمني فيه %n صفًا</numerusform>
                <numerusform>خط زمني فيه %n صف</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>الخط الزمني</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>المفتاحان %1 و%2 يحددان بداية المقطع ونهايته، وEnter يعلّمه، وTab ينتقل بين المقاطع، وDelete يحذف مقطعًا.</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>الأسهم تنقل صورة واحدة، ومع Shift عشر صور؛ وSpace للتشغيل.</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>إطار</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>إطار في الوسط (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>لا لقطة مفتاحية هنا</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>لقطة مفتاحية هنا</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>يختفي بعد هذه الصورة</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>موجود ابتداءً من هذه الصورة</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>انتقل إلى صورة أخرى وحرّك الإطار: هكذا تنشأ لقطة مفتاحية، ويتحرك الإطار بانتظام بين اللقطات.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>اختر تسمية، ثم ارسم إطارًا على الصورة بالسحب.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>اختر تسمية، ثم اسحب فوق الخط الزمني، أو اضغط %1 و%2، ثم Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>المهمة</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>عن المنطقة %1</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>البداية</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>المقطع المحدد يبدأ هنا</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>يبدأ مقطع هنا</translation>
        </message>
        <message>
            <source>End</source>
            <translation>النهاية</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>المقطع المحدد ينتهي هنا</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>ينتهي مقطع هنا</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>علامة</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>علّم المقطع بين البداية والنهاية (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>علّم هذه اللحظة (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>اعرض وقتًا أطول</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>اعرض الكل</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>اقترب أكثر</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>تراجع</translation>
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
            <translation>إلى %1 · الرسم %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>ما قد تفعله المهام العشر التالية</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>عمليات الفحص</translation>
        </message>
        <message>
            <source>From</source>
            <translation>من</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>فُحصت</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>المتوقع</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>المتوقع بالمصادفة</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>تُحسب كل قرعة من جديد على هذا الحاسوب من السر الذي التزمت به المنصة قبل أن تعمل. اختر صفًا لتحفظ أدلته في ملف يفحصه شخص آخر.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>متى</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>الحملة</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>الاحتمال</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>القرعة</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>البذرة</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>أنواع العمل</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>التقدير %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>التقدير</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>التقدير %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>المستوى يعدّ العمل المفحوص ولا يضيع أبدًا؛ أما التقدير فقد ينخفض، والتقدير الأفضل يصبح لك بعد أن يثبت عشر مهام مفحوصة.</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>الثقة</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>محسوبة على هذا الحاسوب من أحكام موقّعة؛ ولا أحد يستطيع تحديدها كما يشاء.</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>قارن مع المنصة</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>ما كسبته يبقى لك. إذا أوقفتك المنصة، يمكنك الاعتراض هنا لدى مشغّلها.</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>اعترض في صندوق الإرسال على كل رفض تراه خطأ: كل اعتراض تكسبه يُحسب هنا إجابة صحيحة.</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>افتح صندوق الإرسال</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>لا يضيع شيء بسبب هذا التنبيه؛ فهو ينظر إلى آخر إجاباتك فقط.</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>اقرأ الأسباب في صندوق الإرسال. ويمكنك الاعتراض هناك على رفض تراه خطأ.</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>تقول المنصة غير ما تقوله أحكامك الموقّعة.</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>قد يتأخر رقمها ببضعة أحكام. إذا بقي كذلك، فأخبر مشغّل المنصة؛ الأدلة أدناه موقّعة.</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>لم تُفحص أي إجابة لك بعد</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>كل إجابة مفحوصة لها وزن. ابدأ بأي حملة؛ والأسهل للبداية هي التي لا تطلب ضمانًا.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>كيف وصلت إلى هنا</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>الدرجة مع الوقت</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>الإجابات المفحوصة</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>الدرجة</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>على الأقل</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>على الأكثر</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>حيث تقع القيمة الحقيقية على الأرجح</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>تظهر الدرجة هنا ابتداءً من ثاني إجابة مفحوصة لك.</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>مراجعة عمل الآخرين</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>يمكنك المراجعة. أجر المراجعات في الساعة أفضل، ولا تحتاج إلى شبكة بعد وصولها إلى هنا.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>المراجعة</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>الأدلة</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>المفحوص %1 · الصحيح %2 · من أول محاولة %3</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>درجة الثقة %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>وقت الحكم</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>الحملة</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>الحكم</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>المحاولة</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>من حكم</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>لا يُحسب الرفض إلا حين لا يعود قابلًا للتغيير. وحتى ذلك الحين يمكنك الاعتراض عليه في صندوق الإرسال.</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>اعرضه</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>ليس الآن</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>متابَع</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>أخبرني بالعمل الجديد</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>اختر لغتك</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>احمها على هذا الحاسوب</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>كلمة السر تُبعد عن مالك من يستعملون هذا الحاسوب غيرك. لا تُرسل إلى أي مكان؛ وإذا نسيتها فكلمات الاسترداد تبقى صالحة.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>كلمة السر</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>8 أحرف على الأقل. بضع كلمات متتالية يسهل تذكرها.</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>قصيرة جدًا: 8 أحرف على الأقل.</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>سهلة التخمين: أضف كلمة أو كلمتين.</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>كلمة سر جيدة.</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>كلمة سر جيدة جدًا.</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>كلمة السر نفسها مرة أخرى</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>مع خزنة المفاتيح لا تحتاج إلى كلمة سر: من يستطيع استعمال هذا الحاسوب بحسابك يستطيع استعمال المحفظة.</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>احمِ بكلمة السر هذه</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>استعمل خزنة مفاتيح النظام بدلًا منها</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>استعد محفظتك</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>يعود الرصيد وسندات الدفع والعمل المفتوح والضمانات والاعتراضات مما وُقِّع. أما المسودات التي لم تُختم قط فلا تعود.</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>ما لديك</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>كلمات الاسترداد</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>المفتاح الخاص</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>ملف المفاتيح (keystore)</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>كلمات الاسترداد الخاصة بك</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>من 12 إلى 24 كلمة بترتيبها، بأي من اللغات العشر التي توجد بها كلمات استرداد.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>الأولى الثانية الثالثة …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>استعملت عبارة مرور أو حسابًا آخر</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>عبارة المرور مع الكلمات</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>اتركها فارغة إذا لم تكن لديك عبارة قط. العبارة الخاطئة تفتح محفظة أخرى فارغة.</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>أي حساب</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>مفتاحك الخاص</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>64 خانة من 0 إلى 9 ومن a إلى f؛ ويجوز أن يسبقها 0x.</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>ملف المفتاح (Keystore)</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>المختار: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>أفلت الملف على هذه الصفحة، أو اكتب مكانه واضغط Enter.</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>مسار الملف</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>كلمة سر الملف</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>أفلت الملف هنا</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>جارٍ الفتح</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>استعدها</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>رجوع</translation>
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
            <translation>شبكة تدريب</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>الخطوة %1 من 3</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>جارٍ البحث عن محفظتك</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>يطلب Gems كلمات الاسترداد في هذه الصفحة فقط، ولإنشاء محفظة أو استعادتها فقط. لا يحتاجها أحد غيرك أبدًا.</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>احصل على أجر مقابل مهام صغيرة</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>يذهب أجرك إلى محفظة لا يملكها أحد سواك. لا تحتاج إلى مال ولا إلى أوراق لتبدأ؛ وإنشاؤها يستغرق نحو ثلاث دقائق.</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>أنشئ محفظة جديدة</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>لديّ محفظة بالفعل</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>لغة كلماتها الاثنتي عشرة</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>اكتب هذه الكلمات الاثنتي عشرة على ورقة</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>هذه الكلمات هي محفظتك: من يملكها يملك مالك، وهي تعيده إليك إذا ضاع هذا الحاسوب. لا تصوّرها.</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>احتفظ بالورقة حيث لا يجدها أحد غيرك.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>لقد كتبتها</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>رجوع</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>افتح محفظتك</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>عملك وأرباحك محفوظة على هذا الحاسوب؛ وخزنة مفاتيح النظام تفتحها.</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>عملك وأرباحك محفوظة على هذا الحاسوب؛ وكلمة السر تفتحها.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>كلمة السر</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>جارٍ الفتح</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>افتح</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>أعد كتابة الكلمات</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>بترتيبها، من ورقتك. أول أربعة حروف ثم مسافة تكفي لكل كلمة.</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>الكلمات الاثنتا عشرة</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>الكلمة رقم %1 ليست منها: انظر إلى ورقتك.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>الأولى الثانية الثالثة …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>‏%1 من 12 كلمة</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>قارن</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>ابدأ من جديد بكلمات جديدة</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>عن هذه المهمة</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>المهمة %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>الأجر %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>التعليمات</translation>
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
            <translation>أنهِ وانتقل إلى التالية</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>تراجع</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>إعادة</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>التعليمات</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>المفاتيح</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>اعرض الفروق</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>انتقل إلى العنصر التالي</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>التكبير</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>اعرض الصورة كلها</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>احذف ما هو محدد</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>أعد المهمة</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>احفظ مرة أخرى</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>رُفضت هذه الإجابة: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>الموضع المعلَّم في المهمة: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>صحّحها وأنهها مرة أخرى؛ تعود إلى المراجعة من تلقاء نفسها.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>لم تُنجز أي مهمة</numerusform>
                <numerusform>أُنجزت مهمة واحدة</numerusform>
                <numerusform>أُنجزت مهمتان</numerusform>
                <numerusform>أُنجزت %n مهام</numerusform>
                <numerusform>أُنجزت %n مهمة</numerusform>
                <numerusform>أُنجزت %n مهمة</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>لا إجابات تنتظر الإرسال</numerusform>
                <numerusform>إجابة واحدة تنتظر الإرسال</numerusform>
                <numerusform>إجابتان تنتظران الإرسال</numerusform>
                <numerusform>%n إجابات تنتظر الإرسال</numerusform>
                <numerusform>%n إجابة تنتظر الإرسال</numerusform>
                <numerusform>%n إجابة تنتظر الإرسال</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>لا توجد مهام هنا بعد</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>تجلب لك حتى %1 GEM عند قبولها. الختم يوقّعها بمفتاحك فلا يستطيع أحد تغييرها؛ وتُرسل الإجابات المختومة فور وجود اتصال.</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>هي مختومة وآمنة على هذا الحاسوب، وتُرسل من تلقاء نفسها عند وجود اتصال.</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>هي مختومة وفي طريقها.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>خذ دفعة من المهام؛ تبقى على هذا الحاسوب ويمكن إنجازها دون شبكة.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>جارٍ الختم والإرسال…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>اختم للإرسال</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>اختم وأرسل</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>افتح صندوق الإرسال</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>لا تذكر هذه المهمة أي تسجيل.</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>‏{at} من {whole}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>الصورة {at} من {whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>لا تذكر هذه المهمة أي فيلم.</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>‏0.05 GEM للمهمة ودقيقة لكل واحدة: 3 GEM في الساعة.</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>‏1 GEM = {worth} {code}، كما كتبته، {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>‏1 GEM = {worth} {code}، حسب المنصة {name} ({source})، {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>بقيت مهمة مفحوصة واحدة قبل أن تستطيع المراجعة.</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>بقيت مهمة مفحوصة واحدة لأصحاب عمل آخرين قبل أن تستطيع المراجعة.</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>بقيت مهمة مفحوصة واحدة إلى المستوى التالي.</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>بقيت إجابة صحيحة واحدة قبل أن تستطيع المراجعة.</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>بقيت إجابة صحيحة واحدة إلى التقدير {grade}.</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % تعني: تُفحص إجابة واحدة تقريبًا من كل عشر.</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>إطار أو حدّ لا يطابق الشيء</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>للحملة جولة واحدة إلى ثلاث جولات.</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>لا يمكن أن تكون القناة بلا صاحب أو أن يكون صاحبها العقد نفسه.</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>تُغلق القناة في مدة من 7 إلى 90 يومًا؛ وقد أُعطيت مدة أخرى.</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>تحتاج القناة إلى مفتاح يوقّع سندات دفعها.</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>لا يمكن أن يذهب السحب إلى العنوان الصفري أو إلى العقد.</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>لم تنجح عملية سحب</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>هناك عملية سحب في طريقها بالفعل.</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>عملية سحب تخص قناة أخرى.</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>عملية سحب وقتها غير ممكن.</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>النقر عليه يفتح Gems.</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>القناة المغلقة لا تُفتح مرة أخرى أبدًا: لن تكسب فيها شيئًا بعد ذلك.</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>عملة تطلبها سلسلة الكتل عن كل دفعة مال. لا تحتاج إليها: يدفعها ناقل عنك.</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>حاسوب يحفظ نسخة من أحدث سند دفع لك ويحرس أجرك في غيابك.</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>تغيّر قرار في هذه الأثناء.</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>سيحوي الملف {what}، ويطلب الأخبار.</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>مهمة منجزة يوشك وقتها أن ينتهي: أرسلها قبل {time}.</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>فحص خفي</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>حرف من A إلى F يبيّن مدى صحة عملك المفحوص. التقدير الأفضل يفتح عملًا أكثر.</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>العلامة من 1 إلى 5.</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>طول الرسالة من 1 إلى 1,000 حرف.</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>هناك نقل من رصيد ضمانك في طريقه بالفعل.</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>تحصل على الإصدار الجديد من حيث حصلت على هذا. وتبقى محفظتك وعملك محفوظين.</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>وُجد سند دفع أحدث. حُفظ وهو المعتمد من الآن.</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>عدد أكبر من أي عدد يمكن حفظه.</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>تتكون اللجنة من 1 أو 3 أو 5 أو 7 مراجعين؛ والشروط تقول غير ذلك.</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>جزء من الأجر يُدفع لمن يفحصون. والأجر الذي تراه هو ما يبقى بعده.</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>تغيّر جزء في الطريق.</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>وصلت صورة أو ملف لمهمة متغيرًا أو تالفًا.</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>يحتاج الملف الشخصي إلى اسم.</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>حقول سعر الصرف ليست كما يجب تمامًا.</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>سعر صرف بلا وقت.</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>إجابة مرفوضة واحدة يمكن تصحيحها أو الاعتراض على رفضها.</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>لا يُحسب الرفض إلا حين لا يعود بإمكانك الاعتراض عليه.</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>الرفض يحتاج إلى سبب.</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>كلمات الاسترداد عددها 12 أو 15 أو 18 أو 21 أو 24؛ وعددها هنا: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>يعود الضمان عند قبول العمل. وإذا رُفض العمل نهائيًا، ضاع الضمان.</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>رقم خطوة خارج حدوده.</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>مبلغ خطوة غير سليم الشكل.</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>ما زالت مهمة من هذه الحملة قيد الحكم على سلسلة الكتل.</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>مهمة يوشك وقتها أن ينتهي: أنجزها وأرسلها قبل {time}.</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>أُعيد فتح مهمة في هذه الأثناء.</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>مهمة جوابها الصحيح معروف مسبقًا. تقيس جودة عمل الناس ولا تقرر الأجر أبدًا.</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>قُدِّم إلى سلسلة الكتل حكم في هذه المهمة.</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>هناك حكم قائم من هذه الجولة أو من جولة أعلى.</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>حكم أحد مراجعي هذه اللجنة في المهمة من قبل.</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>هناك صوت لم يوقّعه مراجعه.</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>لا يمكن الوصول إلى أحد أبراج المراقبة، أو أنه لم يقبل سند الدفع.</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>تجيب صفحة ويب بدلًا من المنصة: هذه الشبكة تطلب منك تسجيل الدخول.</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>عامل يسمح له سجله الجيد بفحص عمل الآخرين، مقابل أجر.</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>يخبرك سطر أصفر حين يحتاج شيء إليك قريبًا.</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>مقبولة</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>قُبلت في {time}.</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>مهام مقبولة يُحكم فيها من جديد: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>ينتظر العمل المقبول {time} قبل دفع أجره: حتى ذلك الحين يمكن لصاحبه أن يعترض، فيحكم آخرون.</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>مقبول، لم يُدفع بعد</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>أضف من الإعدادات عقدة ثانية لجهة أخرى.</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>أضف برج مراقبة من الإعدادات، أو أرسل ملف سند الدفع إلى شخص يستطيع تقديمه قبل النهاية.</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>هل تضيف عنوانًا إلى دفتر عناوينك؟</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>بعد كلمات سر خاطئة تنتظر المحفظة قبل المحاولة التالية، بالثواني: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>بعد أن تعمل لصاحب عمل، أعطِ تقييماتك؛ فهي تساعد العامل التالي.</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>بعد الإجابات المفحوصة ({n}): {score}، بين {low} و{high}</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>مطابق</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>كل الحملات المعروفة هنا</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>كل مهامها مأخوذة.</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>كل أنواع المهام</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>كل اللغات</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>كل ذلك في مجموع واحد. فيه أيضًا ما هو قيد المراجعة والضمان المحجوز، مع أنه لم يُحسم بعد.</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>كل أجر سندات دفعك حتى ذلك الوقت</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>كل الكلمات موجودة في القائمة، لكنها معًا ليست كلمات استرداد: إحداها خاطئة أو في غير مكانها.</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>كل عملك المنجز، من الانتهاء إلى الدفع. وما ينتظر هناك محفوظ على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>اسمح له بالمبلغ كله أولًا؛ يفعل Gems ذلك من تلقاء نفسه عند إعطاء الأمر مرة أخرى.</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>المبلغ: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>مبلغ في رسالة ليس عددًا صحيحًا من الوحدات الأساسية.</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>تغيّرت إجابة في هذه الأثناء.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>يحتاج الاعتراض إلى سببه في 2,000 حرف على الأكثر.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>يحتاج الاعتراض إلى سببه في 500 حرف على الأكثر.</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>الاعتراض يحل محل المحاولة الثانية، التي أجرها {amount} GEM. لا يمكنك الجمع بينهما.</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>سند أقدم، منذ {time}</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>منزعج</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>يوجد ملف من نوع آخر بهذا الاسم.</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>حركة أخرى</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>سبب آخر</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>سُمح لناقل آخر بتقديم طلب السحب هذا.</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>هناك حكم آخر قائم على سلسلة الكتل، لذلك لا تدفع هذه القضية شيئًا.</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>أجب عنها بنفسك؛ لن تُعرض عليك الإجابة الأخرى.</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>أُجيب عنها دون رؤية الإجابة</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>تُفحص الإجابات حسب القاعدة «{name}».</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>تُنقل معها الإجابات التي جاءت بعدها إذا استطاع هذا الإصدار قراءتها. وتُجلب سندات الدفع والضمانات من المنصة من جديد، ولا يُوقَّع شيء في قناتك قبل معرفة أحدث سند دفع.</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>الإجابات التي يرفضها صاحب العمل</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>أي حجم تنزيل</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>أي شيء آخر يُحذَّر منه</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>اعتراض</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>هل تعترض على حكم؟</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>لجنة الاعتراض</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>اعترض بعد أن يمر عليها وقت أطول، أو خذ عملًا بضمان.</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>اعتراضات حُسمت: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>اعتراضات كسبها العامل: {won} من {n}.</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>وصل</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>وصل إلى المنصة: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>إن كنت مبتدئًا، فاختر واحدة بلا ضمان.</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>ما دامت لم تُرسل يمكنك استرجاعها وتغييرها.</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>آخر تحديث: {time}</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>اطلب عرض رسم جديدًا واسحب مرة أخرى.</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>اطلب عرض رسم جديدًا.</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>اطلب الرد مرة أخرى؛ ويمكن إرسال ملفك أنت من جديد دون ضرر.</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>اطلب الرد على أحدث ملف لك، أو اكتب ملفًا جديدًا.</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>اطلب من المنصة إنهاءه. وإن لم تفعل، فأي شخص يستطيع ذلك: دالة العقد finish_close لا تحتاج إلا إلى وصف قناتك، وهو في ملف سند الدفع، وقليل من عملة رسوم الشبكة.</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>جارٍ طلب مهام…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>80 % من إجاباتك على الأقل صحيحة.</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>90 % من إجاباتك على الأقل صحيحة.</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>الضمان المحجوز</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>الضمان المحجوز في عمل لم يُحكم فيه بعد: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>عند المنصة</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>فُحصت</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>المفحوص: {had} من {n}. المصادفة وحدها تعطي نحو {expected}.</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>عمليات الفحص التي اجتزتها: {n}. حيث يُدفع رسم مقابل الفحص، ينخفض الرسم معها.</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>ابدأه أولًا.</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>ابدأ الدفع من جديد.</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>بدأت، وهي محفوظة على هذا الحاسوب</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>قيد الإرسال</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>التقدير الأفضل يفتح عملًا أجره أعلى، ثم المراجعة.</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>بين 80 و95 من كل مئة صحيحة.</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>مراجعة محجوبة</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>محظور: لم يعد يُعرض عليك عمل من {who}.</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>رصيد الضمان</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>عاد الضمان</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>ضمان قُدّم لاعتراض</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>قدّمها مرة أخرى غدًا.</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>أعد الرد بالطريقة نفسها.</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>استعد المحفظة من كلمات الاسترداد في ملف شخصي جديد.</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>جارٍ استعادة عملك: {done} من {total}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>بقاعدة الحملة: لا ضمان؛ وجزء من الأجر يدفع ثمن الفحص.</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>بقاعدة الحملة: أشخاص آخرون يفحصون كل إجابة.</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>بقاعدة الحملة: ينجز عدة أشخاص المهمة نفسها حتى يتأكد الصواب بقدر كافٍ.</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>بقاعدة الحملة: تُختار بعض الإجابات بالقرعة وتُفحص، والباقي يُدفع كاملًا.</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>بقاعدة الحملة: يُدفع أجر العمل ما لم يرفضه غريبان يدفع لهما صاحب العمل.</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>من المنصة وحدها</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>وصل متأخرًا: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>الحملة</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>نهاية الحملة</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>حملات مخفية: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>ما قد يُسترد من الأجر</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>عقدة سلسلة الكتل {place} تجيب بما لا معنى له.</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>عقدة سلسلة الكتل {place} تجيب وتتابع السلسلة ولديها عقود Gems.</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>لا يمكن الوصول إلى عقدة سلسلة الكتل {place}.</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>عقدة سلسلة الكتل {place} لديها العقود، لكن مفتاح المنصة غير مسجَّل فيها.</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>عقدة سلسلة الكتل {place} ليست من سلسلة هذه الشبكة.</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>عقدة سلسلة الكتل {place} متأخرة، بالدقائق: {minutes}.</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>عقدة سلسلة الكتل {place} تُظهر عند عناوين هذه الشبكة عقودًا غير عقود Gems.</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>احتمال الفحص</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>غيّر شروط الحملة وخطّط لها من جديد.</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>هل تغيّر ما يمكن أن يخرج دون سؤال؟</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>القناة</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>تأكد أن مجلد الملف الشخصي لك وأن القرص يعمل.</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>تحقق من عنوان عقدة سلسلة الكتل في الإعدادات ومن اتصالك؛ تُعاد المحاولة.</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>تحقق من العنوان.</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>تحقق من المبالغ وحاول مرة أخرى. إذا تكرر ذلك، فحدّث Gems.</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>تحقق من الاتصال، أو استعمل عقدة أخرى من سلسلة الكتل.</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>تحقق من الاتصال؛ والعمل يستمر من دونه.</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>افحص القرص. إذا نقص شيء، فاحتفظ بذلك الملف.</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>افحص القرص؛ والنسخة الاحتياطية التالية تحل محلها.</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>تحقق من ذاكرة USB ومن اسم الملف.</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>عمل مفحوص لصاحب عمل آخر واحد قبل أن تستطيع المراجعة.</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>عمل مفحوص لأصحاب عمل آخرين، عددهم {more}، قبل أن تستطيع المراجعة.</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>اختر مهلة من 7 إلى 90 يومًا.</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>اختر ملف مفتاح (Keystore) من الإصدار 3 كما تصدّره المحافظ، أو استعمل كلمات الاسترداد.</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>اختر مبلغًا لا يزيد على المتاح فيه.</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>اختر إجابة لكل منطقة.</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>اختر إجابة.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>اختر مجلدًا آخر.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>اختر اسمًا آخر.</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>اختر ملف شبكة آخر.</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>اختر عملًا آخر، أو حاول لاحقًا.</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>اختر عملًا آخر.</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>اختر شيئًا آخر.</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>اختر الأفضل لكل منطقة.</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>اختر الأفضل.</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>اختر ملف نسخة احتياطية.</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>اختر الملف المناسب هنا.</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>اختر ما الخطأ، واشرحه في 500 حرف على الأكثر.</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>اختر ما الخطأ.</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>اختر لغتك. يمكنك تغييرها في أي وقت.</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>اسحب</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>اسحبه؛ والعمل الجديد يحتاج إلى قناة جديدة.</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>اسحب لاحقًا، عندما يتجمع أكثر.</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>اسحب ما تستطيع، وأخبر المنصة، ولا تأخذ مزيدًا من العمل حتى يأتي الجواب.</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>سُحب من قبل</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>سُحب سابقًا، من حاسوب آخر</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>مجموع ما سُحب</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>سُحب إلى محفظتك</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>الوضوح</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>هل تغلق ملفًا يحمل عملك إلى المنصة؟</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>أغلقها مرة أخرى. وبقليل من عملة رسوم الشبكة يمكنك أيضًا أن تبدأ الإغلاق بنفسك: دالة العقد start_close.</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>أغلقها عندما يكون فيها ما هو أكثر لصرفه.</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>أغلق البرامج الأخرى قبل المهام ذات الصور الكبيرة أو الأفلام.</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>أغلق البرامج الأخرى التي تستعمل المجلد وحاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>أغلق المضلع الذي لم يكتمل.</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>هل تغلق قناة دفعك؟</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>جارٍ الإغلاق</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>قارن كل كلمة بورقتك واكتبها مرة أخرى، أو ابدأ من جديد بكلمات جديدة.</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>قارن العنوان كله بالعنوان الذي أُعطي لك؛ لا أحرفه الأولى فقط.</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>قارنها بما كتبته على الورق، كلمة كلمة، بالترتيب.</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>أكمل كل منطقة.</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>أكملها ثم أنهها مرة أخرى.</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>صِل هذا الحاسوب بشبكة مرة واحدة، لمدة دقيقة.</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>العقد</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>مساهم</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>انسخ العنوان كله مرة أخرى وقارن أحرفه الأولى والأخيرة.</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>انسخ المفتاح كله مرة أخرى؛ وقد يبدأ بـ 0x.</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>صحّحها، أو اعترض حتى {time}: أحد الأمرين.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>مصحَّحة</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>حُسب بالفعل حين وضعته</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>تُحسب كأنها {n}: المهام السهلة والكثيرة لصاحب عمل واحد تُحسب أقل.</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>يعدّ كم مهمة من مهامك فُحصت. وهو يزداد فقط.</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>القسوة على الحيوانات</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>الحد اليومي</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>بيانات اليوم</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>البيانات المستعملة في آخر 14 يومًا: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>المواعيد بتوقيت المنصة، فلا يتأخر شيء من عملك بسبب ذلك.</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>لم تتم العملية؛ ولم يُؤخذ شيء</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>مختلف</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>متنازع عليها</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>عمل متنازع عليه</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>متنازع عليه، يُحكم فيه من جديد</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>متنازع عليه؛ يحكم فيه مراجعون آخرون</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>لا تتابع في هذه الشبكة؛ قارن ملف الشبكة بملف ناشره.</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>لا تعمل في هذه الشبكة حتى يوضّح ناشرها ذلك. إذا كانت عقدة واحدة فقط من عقد سلسلة الكتل لديك تقول هذا، فاستعمل غيرها من الإعدادات.</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>أنجز بعض المهام أولًا.</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>المستندات</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>تم</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>قُرع من المنصة وحدها، دون بذرة من صاحب العمل: {n}.</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>قرعات لم تُكشف بعد ولا تُحسب هنا: {n}.</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>كل سطر حملة: مهامها وأجرها والأجر في الساعة والضمان.</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>اكسب المزيد في رصيد ضمانك، واعترض قبل انتهاء الوقت.</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>أرباح الأيام الأخيرة ({n}): {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>الأرباح</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>أدخل في الإعدادات عنوان عقدة من السلسلة الصحيحة.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>يفحص كل إجابة أشخاص آخرون يجب أن يتفقوا؛ ولك أن تصحح الإجابة المرفوضة مرة واحدة.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>يفحص أشخاص آخرون كل إجابة. ضمانك البالغ {stake} GEM يعود مع الأجر عندما يوافقون؛ ويمكنك تصحيح الإجابة المرفوضة مرة واحدة.</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>كل تغيير يُحفظ فورًا. لا يضيع شيء إن انقطعت الكهرباء.</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>يُسأل عن كل دفعة، لمدة {time} أخرى</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>كل ما عدا ذلك</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>كل شيء هنا للتجربة. مال شبكة التدريب لا قيمة له.</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>دُفع كل ما فيها. وصل إلى محفظتك {amount} GEM.</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>حُكم في كل شيء؛ المقبول الذي يُدفع ما لم يُعترض عليه: {n}</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>أُرسل كل شيء وصدر الحكم فيه</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>أُرسل كل شيء؛ في انتظار الحكم: {n}</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>كل ما حُفظ من قبل ما زال موجودًا.</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>يخرج من قناتك كل ما هو مستحق لك فيها عند التنفيذ، ناقصًا الرسم.</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>كل ما فعلته محفوظ.</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>كُتبت الأدلة في {path}</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>المثال {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>المثال {n} من {total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>جارٍ التبادل مع المنصة</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>متمرّس</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>هل تصدّر مفتاح محفظتك إلى ملف؟</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>الإنصاف</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>الرسم</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>رسم الناقل: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>رسم لمن يفحصون</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>رسم الناقل</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>اجلب الأخبار أولًا ثم حاول مرة أخرى؛ وإذا بقي الحال كذلك، فأظهر الأعداد للمنصة.</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>جارٍ الجلب: {done} من {total}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>قلة الإجابات المرفوضة وسرعة الدفع علامتان جيدتان.</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>عمليات فحص أقل مما تفسره المصادفة (1 من {one_in}).</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>أكملها قبل انتهاء الوقت الباقي.</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>لا تنجز مزيدًا لهذه المنصة. أبقِ هذا الحاسوب متصلًا من حين إلى آخر حتى ينتهي الإغلاق.</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>منجزة، ولم تُختم بعد</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>أولًا بضعة أمثلة: يجب أن يصح منها {share}. لا تكلف شيئًا ولا أجر لها، ويمكن إعادتها.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>الخطوات الأولى</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>من أول محاولة</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>وُجد رديئًا</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>المتاح في رصيد ضمانك</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>أفرغ بعض المساحة وحاول مرة أخرى، أو شغّل الإصدار الذي كان لديك من قبل.</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>وفّر بعض المساحة ثم حاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>أفرغ بعض المساحة، أو اختر مجلدًا آخر أو ذاكرة USB أخرى.</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>أفرغ بعض المساحة، أو خذ مهام أقل.</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>من الآن يملأ أجرك رصيد الضمان حتى هذا المقدار ولا يزيد: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>من رصيد ضمانك، عند انتهاء الإغلاق، ابتداءً من {time}: {amount} GEM.</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>ابتداءً من {time} يمكنك تقديمها إلى العقد.</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>موّلها أولًا، أو قارن شروطها بما جرى تمويله.</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>الممول</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>لا يمكن إرسال GEM إلى العنوان الصفري.</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>لا يمكن إرسال GEM إلى هذا العنوان.</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>‏GEM تخصك ومحفوظة جانبًا للضمانات والاعتراضات. والمتاح منها يمكنك إخراجه من جديد.</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>‏GEM لك وحدك، على سلسلة الكتل. يمكنك الاحتفاظ بها أو إرسالها إلى أي أحد.</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>‏GEM تضعها مع الإجابة. تعود إليك إذا قُبلت الإجابة، وتضيع إذا بقيت مرفوضة.</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>يفحص GRAM مراجعان يجب أن يتفقا.</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>عملة رسوم الشبكة</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>لم ينتهِ Gems بشكل سليم في المرة الأخيرة.</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>‏Gems مفتوح بالفعل بهذا الملف الشخصي.</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>يرسله Gems مرة أخرى من تلقاء نفسه.</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>يرسل Gems الباقي من تلقاء نفسه.</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>‏Gems {gems}، Python {python}، Qt {qt}، على {system}</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>يمكن تنزيل Gems {version} ({size}).</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>جارٍ التجهيز</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>أعطِ تاريخًا أو وقتًا لكل منطقة.</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>أعطِ تاريخًا أو وقتًا.</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>أعطِ عددًا لكل منطقة.</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>أعطِ عددًا.</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>أعطِ تقديرًا بالنجوم لكل منطقة.</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>أعطِ تقديرًا بالنجوم.</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>أدخل مبلغًا أكبر من الصفر.</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>أدخل عنوانًا آخر.</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>أدخل مبلغًا آخر.</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>أدخل مبلغًا أقل.</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>أدخل عنوان شخص ما.</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>أعد ملكية المجلد إلى مستخدمك، أو ارفع عن القرص الحماية من الكتابة.</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>قدّم إجابتك أنت.</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>أُعيدت</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>مسرور</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>واصل العمل. انظر إلى أرباحك مرة أخرى بعد ساعة.</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>واصل؛ وإذا تكرر هذا، فأغلق التطبيق ثم افتحه مرة أخرى.</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>جارٍ الرجوع إلى النسخة السابقة للتحديث</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>جيد بما يكفي للاستمرار؛ والمزيد من العمل المفحوص سيوضح أكثر.</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>التقدير</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>التقدير {grade}.</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>نصف المدفوعات يصل أسرع من ذلك؛ و95 من كل 100 تصل خلال {time}.</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>نصف المراجعات استغرق أقل من {time}.</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>نصف المهام استغرق أقل من {time}.</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>هل تسلّم العمل المنجز؟</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>هل تسلّم مراجعاتك؟</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>سُلّم إلى الناقل</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>الكراهية والإهانات</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>هنا كل ما أنجزته، وأين وصل.</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>أُخفيت: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>الرئيسية</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>متوسط ما يجلبه العمل الأمين</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>ساعات انتظار العنوان الجديد: {after} بدلًا من {before}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>أقل وأعلى ما يمكن أن تكون عليه جودة عملك بحسب الفحوص. وكلما فُحص عمل أكثر تقارب الاثنان.</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>كم يمر من إرسال إجابتك حتى يصبح الأجر لك.</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>كم تستغرق المهمة الواحدة عادةً.</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>كم إجابة رُفضت من كل مئة لصاحب العمل هذا. القليل خير لك.</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>كم من إجاباتك ينظر فيها آخرون. لا يمكنك معرفة أيها، فأتقن كل واحدة.</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>كم حالة رفض وجدها الآخرون خاطئة حين حكموا من جديد. الكثير يعني: الاعتراض يستحق.</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>إذا لم يعمل مرتين، يعود الإصدار الذي قبله. وتبقى محفظتك وعملك محفوظين.</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>إذا رُفضت، فاقرأ السبب. صحّحها، أو اعترض، أو اتركها.</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>إذا لم يُجب أحد في الوقت المحدد، يقرر العقد حسب القواعد.</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>إذا كان الرفض خاطئًا، فاعترض وقل السبب. ترى مبلغ الضمان أولًا.</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>إذا بقيت النافذة سوداء، فاضبط GEMS_RENDERER=software.</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>إن خسرت، يكلفك ذلك: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>إن خسرت، يثبت الرفض.</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>إن خسرت، يثبت الرفض؛ ويضيع الضمان وما تخليت عنه من أجل الاعتراض.</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>إن كان لك أن تحاول من جديد، فالتصحيح هو الأسرع غالبًا.</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>إذا أردت ذلك، فاطلبه مرة أخرى ووافق في تلك النافذة خلال دقيقتين.</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>إن كسبت فلك {wins} GEM. وإن خسرت كلّفك ذلك {loses} GEM.</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>إذا كنت تعمل على حاسوب آخر أيضًا، فلا مشكلة. وإلا فأخبر المنصة.</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>في اليوم: {after} GEM بدلًا من {before} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>قيد المراجعة</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>وفي هذا الوقت يمكن لصاحب العمل أيضًا أن يدفع لغريبين كي ينظرا من جديد؛ فإذا وجد كلاهما العمل رديئًا فقط، يُسترد من الأجر حتى {amount} GEM.</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>مجموع ما ستكون قد قدّمته ضمانًا في هذه القناة: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>في دفتر عناوينك باسم: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>في مجلدك</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>في محفظتك</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>ثبّت Gems من جديد. وحتى ذلك الحين لا يمكن عرض المهام التي فيها صور.</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>ثبّت Gems من جديد؛ وفي Debian يذكر الأمر ./dev setup ما ينقص.</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>ثبّت أحدث إصدار من جديد.</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>تطلب ضمانًا؛ ورصيد ضمانك لا يكفي بعد. ابدأ بعمل لا يطلب ضمانًا.</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>تطلب بيانات شخصية أو تعرضها</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>تطلب منك أن تجتاز أمثلتها التدريبية أولًا؛ وهذا لا يكلف شيئًا.</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>يجلب لك {amount} GEM.</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>جاء مع مدير حزم النظام، وهو يجلب الإصدارات الجديدة أيضًا.</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>يمكن تنفيذه حتى: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>لا يمكن قراءتها أو فهمها</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>لا يمكن التراجع عنها: فقد بدأ إرسالها، وقد تكون عند المنصة.</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>يأتي تلقائيًا حين تُقبل إجاباتك.</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>يكلف قليلًا من عملة رسوم الشبكة، ويمكن لأي أحد دفعها. والجميع يرى القضية على سلسلة الكتل.</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>لا يكلفك شيئًا، ويدفع {amount} GEM عند القبول. لديك حتى {time}.</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>لا يكلفك شيئًا. لديك حتى {time}.</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>يكلّف {size} من البيانات.</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>يكلّف {size} من البيانات؛ أما البرنامج كله فيكلّف {whole}.</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>لا تتبع التعليمات</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>يجب أن يصل قبل {time}، حين ينتهي وقت أول مهمة فيه.</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>احتيال، أو تريد الدفع خارج المنصة</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>مخالفة للقانون</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>يُنسخ من تلقاء نفسه فور وجود اتصال.</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>هو من قبل هذا الملف الشخصي. توقيع المنصة أو سلسلة الكتل يثبت المجموع؛ أما المهام المفردة فليست على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>لا تُنفَّذ مرتين أبدًا.</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>لا يُعرف بعد هل يوجد إصدار أحدث.</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>ليست على سلسلة الكتل بعد. يمكن تقديمها الآن.</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>هي على سلسلة الكتل وقد اعترض شخص: يُحكم فيها من جديد حتى {time}.</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>هي على سلسلة الكتل. يمكن للعقد أن يدفع بعد {time}.</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>هي خطوة واحدة، 1 GEM على الأكثر، وتُحسب مستحقة لك. لا تُوقَّع خطوة أخرى قبل دفعها؛ ويبقى باقي رصيد ضمانك في مكانه.</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>هو مستحق لك ويأتي مع سند الدفع القادم.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>يُدفع أجره ما لم يعترض صاحب العمل حتى {time}.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>يُدفع أجره ما لم يعترض صاحب العمل.</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>يُعاد إرسالها حتى توقّع المنصة على استلامها، وتُحسب مرة واحدة.</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>تُعاد المحاولة؛ تحقق من عنوان البرج في الإعدادات.</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>هي عند المنصة كما أرسلتها.</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>الدور عليك: اعترض، أو اتركه قائمًا. إن لم تفعل شيئًا فسيبقى قائمًا تلقائيًا.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>الدور عليك: صحّحها، أو اعترض، أو اترك الرفض قائمًا.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>الدور عليك: صحّحها، أو اترك الرفض قائمًا.</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>يُرسل مع أول اتصال، حتى {time} على الأكثر.</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>تدفع غير ما هو مكتوب</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>تعرض أشياء مزعجة دون تحذير</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>استعملت سند دفع أقدم من سندك، فالباقي كله لك: {amount} GEM في النهاية.</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>تريد مني فتح رابط أو برنامج</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>تُرك كما هو. مالك على سلسلة الكتل وكلمات الاسترداد تفتحه في أي مكان.</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>لم يُحتفظ به، ولم يُفتح شيء.</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>لم تُعرض على سلسلة الكتل في الوقت المحدد، لذلك لا يمكن للعقد أن يدفع عنها.</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>لم تُمَسّ.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>اعترض صاحب العمل؛ وقبله مراجعون آخرون من جديد.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>اعترض صاحب العمل؛ ورفضه مراجعون آخرون.</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>صاحب العمل يعترض. مراجعون آخرون يحكمون فيه من جديد.</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>يدفع صاحب العمل لمراجعين آخرَين كي ينظرا في هذا العمل المقبول من جديد.</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>كتب صاحب العمل:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>كلمات استردادها على ورقتك: وهي تعيد المحفظة على أي حاسوب.</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>لم تُقارن كلمات استردادها بورقتك قط. ومن دونها لا توجد المحفظة إلا في هذا المجلد.</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>انتهى وقته قبل تسليمه.</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>احكم فقط على ما تطلبه التعليمات، لا على ما يعجبك.</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>الحكم حتى {time}.</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>احتفظ بكلماتك الاثنتي عشرة على ورقة في مكان آمن. تأكد مرة في السنة أنك تستطيع قراءتها.</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>محفوظة في خزنة مفاتيح النظام</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>حُفظ.</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>جواب معروف</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>آخر يوم للاعتراض</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>الأيام الأخيرة ({n}): {paid} GEM في الساعة في المهام المدفوعة، {all} GEM مع الوقت غير المدفوع</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>لاحقًا</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>بعد أكثر من أسبوع</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>الأقل والأعلى</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>اكتب دون فاصل بين الآلاف.</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>الباقي في رصيد ضمانك للضمانات: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>دع برج مراقبة أو مجلدًا يحفظ نسخة من سند دفعك.</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>دع المستلم يقدّمه.</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>المستوى</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>المستوى {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>المستوى: {level}.</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>الأسطر المكتوبة في {path}: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>محجوز لك في القناة</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>محجوز في القناة</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>محجوز في العقد للعمل الذي ما زال مفتوحًا.</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>انظر لاحقًا أو اختر حملة أخرى.</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>ابحث مرة أخرى لاحقًا، أو اختر مجلدًا آخر. إصدارك يواصل العمل.</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>ابحث مرة أخرى لاحقًا. وإذا جاء من ذاكرة USB، فاطلب كتابته عليها من جديد.</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>انظر مرة أخرى عندما يحين موعدها؛ صندوق الإرسال يذكر متى.</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>ابحث مرة أخرى عندما تكون متصلًا، أو خذ إصدارًا جديدًا من ذاكرة USB.</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>انظر مرة أخرى.</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>تحقق من المبلغ والعنوان، وحاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>انظر إلى الإجابة وإلى التعليمات بجانبها.</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>انظر إلى القضية: يجب أن تكون قضية هذه المهمة، كاملة وكما وُقِّعت.</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>انظر إلى رصيد المحفظة قبل أن تدفع مرة أخرى.</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>ابحث عنه في الإعدادات، تحت “الإصدارات الجديدة”. ترى كم يكلّف من البيانات قبل أن تنزّله.</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>انظر هنا قبل أن تعمل لصاحب عمل جديد.</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>انظر هل يوجد ملف كهذا هناك بالفعل، وهل القرص ممتلئ.</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>آخر بحث: {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>البحث عن إصدار جديد يحتاج إلى اتصال.</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>جارٍ البحث عن إصدار جديد…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>متوسط ما يضيع</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>خُسر: رفضه مراجعون آخرون أيضًا.</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>أنشئ محفظة. لا تكلف شيئًا ولا تحتاج إلى بنك ولا إلى اسم.</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>أنشئ محفظة، أو استعد واحدة من كلماتها.</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>أنشئ محفظة، أو استعد محفظتك، في النافذة.</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>أفرغ مساحة قبل أن تأخذ مزيدًا من العمل؛ والمحفوظ في أمان.</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>أفرغ مساحة، ثم واصل. ما وصل يبقى محفوظًا.</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>مهام كثيرة من النوع نفسه من صاحب عمل واحد، بسعر واحد وقواعد واحدة.</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>علامة</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>حدّد منطقة واحدة على الأقل.</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>مقيس على العمل الذي أُنجز فعلًا.</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>قياسات</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>صور طبية</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>رسائل من أصحاب العمل: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>يمكن إرسال المال إليه</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>يمكن إرسال المال إليه فورًا، ضمن حدّك اليومي، دون سؤال.</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>يمكن إرسال المال إليه دون سؤال، ضمن حدّك اليومي، بعد هذا العدد من الساعات: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>عمليات فحص أكثر مما تفسره المصادفة (1 من {one_in}).</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>رُفض من آخر إجاباتك أكثر من المعتاد لديك.</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>هل تنقل جزءًا من رصيد ضمانك إلى ما يمكنك سحبه؟</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>نُقل من رصيد ضمانك إلى ما يمكنك سحبه</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>نُقل إلى رصيد ضمانك</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>حدّد في الإعدادات برج مراقبة أو مجلدًا لتكون لديك نسخ في مكان آخر.</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>حدّد صاحبها.</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>الاسم: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>لا هذا ولا ذاك</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>لا تصوّرها أبدًا ولا تخبر بها أحدًا أبدًا، حتى نحن.</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>تنبيهات جديدة: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>الإصدارات الجديدة</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>عمل جديد</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>جديد</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>أخبار تحتاج إلى اتصال لفحصها: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>الأخبار: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>تسع مهام تجلب 1 GEM وواحدة لا تجلب شيئًا: 0.90 في المتوسط.</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>لم يصدر حكم في أي إجابة بعد، فلا يمكن قول شيء عن العدل.</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>لا توجد مطالبة منتظرة بشأن هذه المهمة.</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>لم يبقَ ملف ناقص، وعملك محفوظ على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>لا عمل صدر فيه حكم بعد</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>لا عمل محكوم فيه بعد.</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>لم يُحدَّد أي مفتاح.</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>لم تعد معروضة</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>لا شبكة لمدة طويلة؟ في صندوق الإرسال اختر «دون شبكة…» واكتب ملفًا على ذاكرة USB.</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>لا يُعرف سعر صرف لعملة {code} من آخر 30 يومًا. اكتب سعرًا، أو انتظر سعر المنصة.</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>لا تقييم بعد.</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>لم يُعترض على أي رفض.</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>بلا ضمان. {fee} من الأجر تدفع ثمن الفحص ما دام سجلك حديثًا؛ وتُفحص {audit} من إجاباتك. ينخفض الرسم مع كل إجابة مفحوصة صحيحة.</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>لا توجد مهام هنا</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>لم تكن هناك مهام يُدفع أجرها.</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>لا يوجد حكم في هذه المهمة ينتظر على سلسلة الكتل.</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>لم يوجد هناك أي إصدار من Gems.</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>لا عمل بعد يمكن أن تصيبه قرعة الفحص.</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>لا يفحص أحد إجابة إلا إذا دفع صاحب العمل لغريبين مقابل ذلك؛ وكل ما عداها يُقبل كما هو.</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>لم يكتب أحد هنا بعد.</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>لم يحكم فيها أحد في الوقت المحدد، لذلك تُعدّ مقبولة.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>بلا</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>لا توجد لك الآن مهام في أي من الحملات التي تعمل فيها.</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>لم تُفحص</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>العمل المفحوص لا يكفي بعد.</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>لا يفسره ما هو موجود هنا</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>لم تُكشف بعد</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>غير صحيح</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>لم تُرسل: هذه المحادثة مغلقة</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>لست متأكدًا؟ أعدها؛ فهذا لا يكلف شيئًا.</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>لم تُقبل؛ وصندوق الإرسال يبيّن ما عليك فعله: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>لم يُستعمل بعد</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>لا شيء غير الأجر؛ ويثبت الرفض.</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>لا يمكن تقديم أي مطالبة على سلسلة الكتل ضد هذه المنصة حتى تسجّل مفتاحها. أخبرها بذلك.</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>لا يمكن إيداع مبلغ صفر في قناة.</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>لم يُدفع شيء بعد.</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>لم يتغير فيه شيء.</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>لم تُجب عن شيء بعد.</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>لا شيء محجوز للعمل المفتوح.</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>لا يضيع شيء بسبب ذلك. إذا تكرر كثيرًا، فاحفظ تقريرًا من الإعدادات.</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>لم يضع شيء؛ ما زال إنشاء المحفظة جاريًا.</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>لا ينقص شيء. يأتيك من رصيد ضمانك {amount} GEM في النهاية.</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>لا شيء بعد ذلك: حُسم الأمر.</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>لا يلزم فعل شيء. يأتي رصيد الضمان من تلقاء نفسه عند انتهاء الإغلاق.</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>لا يلزم فعل شيء: تُرسل الخطوة من جديد من تلقاء نفسها. وإذا مرت أيام ولم تُدفع، فأخبر المنصة ولا تأخذ منها عملًا آخر.</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>لم يُحفظ منه شيء. إصدارك يواصل العمل.</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>لا شيء غير معتاد: هذا نحو ما تأتي به المصادفة.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>لا شيء ينتظر الإرسال</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>لا شيء ينتظر الإرسال. ومع ذلك يمكن لملف أن يطلب الأخبار: الأحكام والمدفوعات.</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>لم يُقبل شيء، ولا شيء معرّض للخسارة.</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>لم يُقبل شيء.</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>لم يتغير شيء ولم تُحفظ الكلمات.</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>لم يتغير شيء ولم يُحفظ ما كتبته.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>لم يتغير شيء.</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>لم يتغير شيء. محفظتك ما زالت محفوظة على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>لم يُنقل شيء.</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>لم يُرسل شيء، وكل ما وُقِّع محفوظ هنا.</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>لم يُرسل شيء.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>لم يُوقَّع شيء ولا ضمان محجوز.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>لم يُوقَّع شيء ولم يتغير شيء.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>لم يُوقَّع شيء ولم يُرسل شيء إلى هناك. مفاتيحك وعملك على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>لم يُوقَّع شيء.</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>لم يُحفظ شيء بعد.</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>لم يُحفظ شيء.</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>لم يُؤخذ شيء. يمكنك المحاولة من جديد.</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>لم يؤخذ شيء؛ وما لديك هنا آمن ويمكن إنجازه وإرساله.</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>تنبيهات اليوم: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>الآن</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>مفاتيح الأرقام تختار جوابًا؛ وEnter ينهي المهمة. وF2 يعرض كل المفاتيح.</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>اعتراضات صاحب العمل على إجابات مقبولة: {n}؛ ما ثبت منها: {won}.</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>بلا صاحب عمل</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>منها الآن: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>من آخر {last} رُفض {rejected}: ليس بجودة مسيرتك الطويلة.</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>من آخر {last} صحّ {right}: أفضل من مسيرتك الطويلة.</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>غير متصل: واصل العمل، ويُرسل لاحقًا</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>في Debian، ثبّت libpulse0. المهام التي بلا صوت ولا أفلام تعمل.</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>في المتوسط</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>على سلسلة الكتل، في انتظار التأكيدات</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>في طريقه للخروج من رصيد ضمانك</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>في طريقه للخروج من رصيد ضمانك: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>في الطريق: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>إجابة واحدة تنتظر الإرسال</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>تُنشأ نسخة عند ختم الإجابات.</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>رقم واحد لجودة عملك، يُحسب على هذا الحاسوب من الأحكام الموقّعة.</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>أحد الأصوات يقبل هذا العمل، فلا يثبت به أي رفض.</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>مراجع آخر واحد لم يحكم فيه من قبل</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>هنا مهمة واحدة، عملها نحو {time}</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>بقيت مهمة واحدة في هذه الدفعة</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>متصل</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>حُدّدت عقدة واحدة فقط من سلسلة الكتل، فلا يمكن مقارنة ما تقوله بشيء.</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>لا يحق إلا للمحكّم المذكور في الشروط أن يقرر هذا.</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>لا يحق إلا لعقد الحملات أن يفعل هذا.</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>لا يحق إلا للعقد الذي يحكم أن يفعل هذا.</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>لا يستطيع قراءته إلا المنصة، ولا يستطيع أحد تغييره في الطريق.</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>لا يحق إلا للمستلم أن يقدّم أمر الدفع الموقّع هذا.</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>لا يحق إلا لصاحب العمل في هذه الحملة أن يفعل هذا.</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>لا يحق إلا لطرفي القناة أن يغلقاها.</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>لا يُؤخذ إلا ما وقّعه صانعو Gems، من الشبكة أو من ذاكرة USB.</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>لا يستطيع أحد سواك قراءة مجلد الملف الشخصي.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>المساحة المتاحة على قرص الملف الشخصي {megabytes} م.ب فقط.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>الذاكرة المتاحة {megabytes} م.ب فقط.</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>افتح Gems</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>افتح متصفحًا، وسجّل الدخول إلى الشبكة، وحاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>افتح واحدة لترى ما يمكن أن تكسبه وتخسره قبل أن تأخذ شيئًا.</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>افتح صندوق الإرسال واقرأ لماذا رُفضت إجابتك، مع الموضع المقصود.</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>جارٍ فتح ملفك الشخصي</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>حملات أخرى</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>يؤدي أشخاص آخرون المهمة نفسها، واحدًا بعد الآخر، حتى يتأكد بما يكفي أي إجابة هي الصحيحة؛ ولا محاولة ثانية.</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>أشخاص آخرون يحكمون من جديد. إذا كسبت، يعود إليك أجرك وضمانك.</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>يستطيع مستخدمون آخرون لهذا الحاسوب قراءة مجلد الملف الشخصي.</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>يحكم فيه مراجعون آخرون من جديد، حتى {time} على الأكثر.</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>عمل آخر</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>عاملون آخرون</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>صندوق الإرسال</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>نُقض</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>مستحق لك</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>يُدفع في موعد أقصاه</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>دُفع سابقًا؛ والعمل الذي دُفع أجره ليس على هذا الحاسوب</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>دُفع أجرها إلى قناتك</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>دُفع إلى قناتك.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>المدفوع</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>يُدفع عندما يوافق الآخرون</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>يُدفع مع سند الدفع القادم.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>الأجر</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>أجر مراجعة</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>أجر مهمة</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>أجر إجابات أرسلتها ولم يُحسم أمرها بعد. ليس لك حتى ذلك الحين.</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>ادفع أجر مهام أقل.</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>ادفع أجر عدد أقل.</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>أجر النظر في تصحيحك</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>ادفع أجر مهمة واحدة أو أكثر.</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>أجر هذه المراجعات</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>هل تدفع أجر عمل من مال حملة؟</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>أجر عمل يُحكم فيه من جديد. يتقرر قريبًا من يناله.</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>الأجر في سند الدفع هذا</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>هل تسحب أرباحك؟</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>الأجر في الساعة</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>أجر تقرر ولم يُوقَّع بعد. يحمله سند الدفع القادم من المنصة.</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>أجر ثبت أنه لك بتوقيع المنصة. يمكنك سحبه متى شئت.</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>قناة الدفع</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>لا يدفع شيئًا ولا خطر فيه.</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>غرامة</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>الغرامة عند الرفض</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>صور</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>بطاقة الرسوميات ترسم الصور.</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>تُرسم الصور دون بطاقة رسوميات، وهذا يكفي.</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>تُفتح صور الغرباء في عملية مستقلة.</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>ركيزة</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>المنصة</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>تدريب</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>تدرّب على ثلاثة أمثلة</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>جارٍ تحضير الحملة: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>اضغط A إذا كانت الإجابة صحيحة.</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>اضغط R إذا كانت خاطئة، ثم اختر السبب: فصاحبها يجب أن يعرف ما يصحّح.</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>اضغط «?» بجانب أي رقم لتقرأ معناه.</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>على الأرجح أقل من 55 % من إجاباتك صحيحة.</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>على الأرجح أقل من 70 % من إجاباتك صحيحة.</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>احمِ المحفظة بكلمة سر بدلًا من ذلك.</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>محمية بكلمة سرك</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>أُودع في العقد</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>رتّب العناصر لكل منطقة.</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>رتّب العناصر.</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>هل تقدّم ضمانًا؟</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>إصدار Python {python} لا يدعمه Gems.</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>تعذّر تحميل Qt.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>إنهاء</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>اقرأ التعليمات أولًا. فهي تقول ما الإجابة الجيدة.</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>جاهز للسحب</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>جاهز للسحب الآن: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>حدّث الصفحة واختر مرة أخرى.</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>حدّث الصفحة وحاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>حدّث الصفحة لترى الحالة الآن.</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>حدِّث الصفحة وانظر ما تقوله السلسلة الآن.</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>منتظم</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>مرفوضة</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>الإجابات المرفوضة</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>رُفضت في {time}.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>العلاقات</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>الناقل</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>هل توقّع مخالصة لمهام دُفع لك أجرها؟</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>احذف شيئًا أولًا.</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>أزل البرنامج بالطريقة التي ثُبّت بها.</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>أزل البرنامج بالملف uninstall.sh الموجود في مجلده.</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>أزل البرنامج بمدير حزم نظامك.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>صاحب العمل</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>تقرير صاحب العمل</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>صاحب العمل {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>أصحاب عمل محظورون: {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>استعد المحفظة من كلمات الاسترداد؛ وانقل vault.json إلى مكان آخر أولًا.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>المراجعة</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>المراجعة رقم {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>المراجعة رقم {n}، أُجيبت محجوبة</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>مراجع</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>مراجعات حُكم فيها: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>الأجر</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>الأجر 1 GEM والرسم 5 %: ترى وتنال 0.95 GEM.</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>أجر المهمة</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>أجر المهمة</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>صحيحة</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>حُفظ باسم {file}.</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>اختم مرة أخرى.</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>اختم إجاباتك وأرسلها</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>مختومة وتنتظر الإرسال</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>نظرة ثانية</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>محاولة ثانية</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>إيذاء النفس</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>هل ترسل GEM من محفظتك؟</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>أرسل مهام أقل في كل مرة.</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>أرسله حتى {time}.</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>أرسلها، أو استرجعها أولًا.</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>أرسل أقل، أو اسحب أولًا ما في قناتك.</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>أرسل مبلغًا أقل، أو أضف GEM إلى الحساب أولًا.</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>أرسل ما أنجزته، وانتظر أحكامه، ثم حاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>أرسل خلال</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>بدأ إرسال هذه الإجابة: قد تكون عند المنصة بالفعل.</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>جارٍ الإرسال: {done} من {total}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>أُرسل</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>أُرسل إلى عنوان آخر</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>مُرسل، لم يُحكم فيه بعد</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>أُرسل. أعد ذاكرة USB وعليها الرد: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>ضع قفلًا وحدًا يوميًا إن كان آخرون يستعملون هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>اضبط ساعة هذا الحاسوب؛ فالأوقات التي يعرضها غير صحيحة حتى ذلك الحين.</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>اضبط الساعة؛ وحتى ذلك الحين يحسب Gems بتوقيت المنصة.</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>اضبط التاريخ والوقت، ثم ابحث مرة أخرى.</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>الإعدادات والأمان والنسخ الاحتياطي</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>مراجعاتك المحسومة التي نُقضت لاحقًا: {overturned} من {reviews}.</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>محتوى جنسي</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>أظهر هذا للمنصة. إذا كان لديك ملف سند دفع، أو تعرف برج مراقبة حفظ سندك، فابحث هناك عن سند دفع أحدث: في الإعدادات، قسم المال، تحت “الحفظ الآمن”.</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>متخطاة</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>بعضها يطلب منك حل أمثلة أولًا. لا تكلف شيئًا، ويمكنك إعادتها.</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>قد يكون بعضه مزعجًا.</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>بعض المهام تجلب أكثر، وبعضها أقل أو لا شيء. هذا هو المتوسط على مهام كثيرة جدًا.</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>اعترض شخص على الحكم الأول؛ وأنت من الذين يحكمون من جديد.</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>فيها إهانة أو تهديد لشخص</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>أحد أعضاء اللجنة ليس من المراجعين المذكورين في شروط الحملة.</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>يأخذ أحدهم الذاكرة إلى حاسوب متصل بالشبكة. لا أحد يستطيع قراءة عملك أو تغييره.</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>من يوصل سحبك إلى سلسلة الكتل ويدفع عملة رسوم الشبكة، مقابل رسم صغير.</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>شيء آخر</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>حدث خطأ ما في هذا التطبيق.</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>هناك مشكلة في قناتك</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>هناك شيء فات</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>الصوت</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>يمكن فك ترميز الصوت والأفلام.</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>لا يمكن فك ترميز الصوت والأفلام هنا.</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>لا يمكن فتح الصوت والأفلام على هذا الحاسوب: تنقص مكتبة من مكتبات النظام (في Debian: libpulse0).</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>السرعة</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>الضمان</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>الضمان 0.10 والأجر 0.50: القبول يجلب لك 0.50 ويعيد 0.10.</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>الضمان المعرَّض للخسارة</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>عاد الضمان</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>خُسر الضمان</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>وُضع ضمان</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>ضمان ضاع بالرفض</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>هل تتعهد بحملة؟</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>شغّل Gems من جلسة سطح مكتب.</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>شغّل Gems مرة واحدة لإنشائه.</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>شغّل Gems: يستعيد أحدث نسخة سليمة ويحتفظ بالملف التالف. افحص القرص.</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>شغّل الإصدار الأحدث، أو استعد المحفظة من كلماتها في ملف شخصي جديد.</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>شغّل البرنامج مع --home ومجلد على قرص في هذا الحاسوب، أو اجعل هذا المجلد صالحًا للاستعمال.</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>مبتدئ</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>جارٍ تشغيل سلسلة الكتل</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>جارٍ تشغيل المنصة</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>ابقَ متصلًا لحظة: يعيدها Gems من تلقاء نفسه. ثم حاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>ابقَ متصلًا لحظة: يرسلها Gems من تلقاء نفسه. ثم حاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>يبقى متاحًا للسحب</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>اختر {n} أحرف على الأقل؛ بضع كلمات متتالية يسهل تذكرها.</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>خذ ما يكفي من المهام وأنت متصل.</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>استرجعها أولًا، إن كان ذلك ممكنًا.</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>لا تأخذ من هذه المنصة عملًا آخر حتى يُسجَّل مفتاحها.</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>لا تأخذ عملًا ولا ترسل مالًا في هذه الشبكة؛ قارن ملفها بملف ناشرها.</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>خذ المهام وأنت متصل؛ ويمكنك إنجازها دون شبكة.</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>امنع الآخرين من قراءته: نفّذ chmod 700 على المجلد.</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>خذ مهامك الأولى</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>استُرجع</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>أخذ المهام</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>المهمة رقم {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>المهمة رقم {n}، مصحَّحة</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>المهمة {index}، المحاولة {attempt}: يحكم فيها آخرون من جديد في الجولة {round}.</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>المهمة {n} من {campaign}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>مهام حُكم فيها: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>مهام يوشك وقتها أن ينتهي: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>المهام التي تأخذها تُحجز لك حتى وقت محدد. لا يأخذها غيرك قبله.</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>مهام انتهى وقتها: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>عشر أو نحوها؛ يمكنك إنجازها دون شبكة.</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>نصوص</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>ما يعادله في الساعة</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>كلمة السر هذه لا تفتح هذه المحفظة.</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>تعرض صفحة الثقة كم بقي.</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>في الحساب من GEM أقل من المبلغ المطلوب إرساله.</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>تغيّر المبلغ.</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>المبلغ أكبر مما تتسع له القناة.</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>المبلغ صفر أو كبير جدًا.</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>الإجابة قبل تصحيحها</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>الإجابة غير كاملة</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>الإجابة لم يوقّعها العامل الذي أنجز المهمة.</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>الإجابة التي رُفضت</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>لم تُثبَّت الإجابة على سلسلة الكتل قبل انتهاء موعدها.</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>لم توقّع المنصة الجواب.</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>تحكم فيها لجنة الاعتراض. لا يلزمك فعل شيء.</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>التكليف لم توقّعه المنصة.</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>يعرض الشريط أقل وأعلى قيمة مؤكدة حتى الآن. وكل فحص يجعله أقصر.</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>الزر الكبير يأخذك إلى الخطوة التالية: إلى مهمتك القادمة، أو إلى عمل جديد.</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>الفاتورة لم توقّعها المنصة.</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>الضمان المقدَّم وضمان المهمة؛ ويثبت الرفض.</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>يضيع الضمان وقدره {amount} GEM.</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>حُفظ مقدار رصيد الضمان.</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>الضمان الذي قدمته</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>الضمان؛ ويثبت الرفض.</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>تأخرت الحافلة ساعة مرة أخرى.</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>لا توجد جولة كهذه في الحملة.</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>لم تنتهِ الحملة بعد.</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>حملة هذه المراجعة ليست على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>حملة هذه المهمة ليست على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>موعد انتهاء الحملة أبعد من المسموح به.</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>موعد انتهاء الحملة قد مضى.</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>جولات الحملة أو احتمال الفحص فيها أو غرامتها غير ممكنة.</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>لعقد الحملات عقد آخر يحكم فيها.</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>تحتاج الحملات إلى عقد يحكم فيها.</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>القضية عن تكليف آخر لهذه المهمة.</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>كُتبت القضية في {path}</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>لا يمكن سؤال سلسلة الكتل في هذه اللحظة.</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>على سلسلة الكتل حكم غير هذا الحكم.</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>ليس على سلسلة الكتل مال لهذه الحملة.</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>لا تعرف سلسلة الكتل قناة كهذه.</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>لم تقبل عقدة سلسلة الكتل المعاملة: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>لا تعرض عقد سلسلة الكتل شيئًا أحدث من نصف ساعة: لقد توقفت عن متابعة السلسلة.</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>تقول سلسلة الكتل عن المال غير ما تقوله المنصة: انظر أدناه.</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>القناة قيد الإغلاق أو مغلقة.</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>القناة ليست قيد الإغلاق.</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>لم تُحفظ القناة.</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>تعذّرت الفحوص نفسها.</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>جاء طلب السحب بعد الوقت الذي سمحت به.</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>لم يُقبل السحب.</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>ساعة هذا الحاسوب غير صحيحة.</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>يبدو أن ساعة هذا الحاسوب غير صحيحة.</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>طلب الإغلاق في طريقه بالفعل.</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>سُلّم طلب الإغلاق إلى الناقل. يأتي جواب سلسلة الكتل بعد لحظة.</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>لا يمكن إنهاء إغلاق القناة بعد.</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>كان يمكن أن ينتهي إغلاق قناتك قبل يوم، ولم تُنهه المنصة.</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>لم يُنفَّذ إغلاق قناتك الذي طلبته.</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>التأمين في طريقه للخروج بالفعل.</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>دفعه العقد إلى محفظتك.</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>العقد يحفظ لك رصيد ضمانك. لا يوجد موعد أخير لإنهاء الإغلاق، ولا يستطيع أحد غيرك أخذه.</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>لا يُسمح للعقد بأن يأخذ من الحساب هذا القدر من GEM.</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>رفض العقد الطلب ولم يذكر سببًا: فيه عدد غير مناسب، أو كانت رسوم الشبكة المخصصة له أقل من اللازم.</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>رفض العقد الطلب: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>لا يحسم العقد المزيد من هذه الحملة اليوم.</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>تاريخ النسخة {day}. ما كتبه الإصدار الأحدث بعدها من قيود: {count}.</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>لا يمكن قراءة قاعدة البيانات.</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>قاعدة البيانات تالفة.</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>قاعدة البيانات سليمة: الإجابات {answers}، ولم يُرسل منها بعد {unsent}.</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>قاعدة بيانات هذا الملف الشخصي كانت تالفة.</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>كتب قاعدة البيانات إصدار أحدث من Gems.</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>تاريخ هذا الحاسوب غير صحيح.</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>القرار بشأن إجابتك: مقبولة، أو مرفوضة مع ذكر السبب.</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>لم تنتهِ مهلة الخروج بعد.</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>لا يمكن استعمال وصف الشبكة.</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>القرص ممتلئ، فلم يمكن حفظ هذا.</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>القرص ممتلئ.</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>ليست في المستند هذه الصفحة.</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>المستند مقفل بكلمة مرور.</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>يمكن إيقاف التنزيل ومواصلته في أي وقت. وواصل عملك أثناء ذلك.</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>حُسبت القرعة من جديد على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>المال المحجوز للحملة أقل مما يلزم لهذا الحكم.</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>كُتبت الأدلة في {path}</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>كلما قلّت كان أفضل: احكم بحسب ما طُلب.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>لا يمكن قراءة الملف.</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>لا يمكن كتابة الملف هناك.</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>تعذّر فتح الملف.</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>تعذرت كتابة الملف.</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>الملف تالف.</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>الملف ليس على هذا الحاسوب بعد.</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>الملف أكبر من أن يُفتح بأمان.</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>الملف الذي على القرص ليس ملف هذه المهمة.</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>يُفتح الملف بكلمة السر التي كتبتها له الآن.</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>الملف الذي يحوي المحفظة تالف.</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>الملف الذي يحوي محفظتك تالف.</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>استغرق فتح الملف وقتًا أطول من اللازم.</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>لا يمكن قراءة ملفات هذا الملف الشخصي أو كتابتها.</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>أولها: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>البلاغ الأول باقٍ.</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>تُقارَن أول عقدتين إحداهما بالأخرى قبل تصديق أي شيء عن المال.</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>الأرقام الأربعة تقول ما كسبته، وما يمكنك سحبه، وما هو قيد المراجعة، وما ينتظر الإرسال.</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>العبرة بأعلى سند دفع وقّعته لك، وهو محفوظ هنا. ويثبته توقيعاها.</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>المفتاح الذي توقّع به المنصة غير مسجَّل لها على سلسلة الكتل.</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>المفتاح الذي وقّع غير مسجَّل على سلسلة الكتل لهذه المنصة.</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>كُتب المفتاح في {path}</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>التسمية خاطئة</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>القائمة في الآخر تقول لماذا جاء كل مبلغ أو ذهب.</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>قائمة القنوات وقائمة المبالغ مختلفتان في الطول.</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>لم تبدأ شبكة التدريب المحلية.</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>لم تقع القرعة على إجابتك، لذلك لا يفحصها أحد: هي مقبولة.</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>لم يُتحقق من المال على سلسلة الكتل بعد.</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>المال الذي تُدفع لك به أجورك. لكل GEM أجزاء صغيرة كثيرة، كي يُدفع أجر العمل الصغير.</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>المال المحجوز لهذه الحملة في طريقه للخروج بالفعل.</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>تحقق هذا الحاسوب من المال على سلسلة الكتل.</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>الشبكة تطلب أولًا تسجيل دخول خاصًا بها.</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>كلمة السر الجديدة سارية من الآن.</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>تعذّرت كتابة الإصدار الجديد: القرص ممتلئ، أو الكتابة هناك غير مسموحة.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>يبدأ الإصدار الجديد عندما تفتح Gems في المرة القادمة، وليس أبدًا في وسط عملك.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>يبدأ الإصدار الجديد عندما تفتح Gems في المرة القادمة. ولا ينقطع شيء مما تعمله الآن.</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>لا يمكن قراءة أحدث نسخة احتياطية.</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>الأحدث، منذ {time}</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>التقدير التالي، {grade}، ما زال بعيدًا.</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>أجاب المشغّل عن اعتراضك، والإيقاف باقٍ. يمكنك الكتابة مرة أخرى.</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>المراجعون الآخرون يوافقونك.</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>حكم المراجعون الآخرون بغير ذلك، فلا يُدفع أجر هذه المراجعة.</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>لا يوجد مقعد كهذا في اللجنة.</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>أعضاء اللجنة ليسوا مرتبين حسب عناوينهم.</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>اللجنة لم توقّعها المنصة.</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>توقف الجزء الذي يحفظ مفاتيحك في Gems.</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>كلمة السر فارغة.</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>كلمة السر قصيرة جدًا.</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>الدفعة المالية لم يوقّعها صاحب العمل في هذه الحملة.</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>لم تُصرف الدفعة المالية الخاصة بهذه الفاتورة.</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>جاء الإذن بأخذ GEM متأخرًا.</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>تعذّر فتح الصورة.</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>الصورة تالفة.</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>الصورة ليست على هذا الحاسوب بعد.</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>الصورة أكبر من أن تُعرض بأمان.</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>الصورة التي على القرص ليست صورة هذه المهمة.</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>استغرق فتح الصورة وقتًا أطول من اللازم.</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>تجيب المنصة، بتوقيع مفتاحها، خلال {milliseconds} مللي ثانية.</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>عادت المنصة من نسخة احتياطية، وليست لديها أحدث سندات دفعك بعد.</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>لا يمكن الوصول إلى المنصة.</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>لا تستطيع المنصة الوصول إلى ملفات الوسائط لديها.</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>لا تستطيع المنصة الوصول إلى مخزن بياناتها.</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>لا تستطيع المنصة الوصول إلى سلسلة الكتل.</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>المنصة تغلق قناتك</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>لم تستطع المنصة قراءة ما أُرسل.</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>تحسب المنصة أحكامًا رفضها هذا الحاسوب لأن أدلتها لا تصح. يُنظر فيها من جديد عند كل بدء؛ وإذا بقي الحال كذلك، فأظهر الأعداد للمنصة. الأحكام المرفوضة: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>تحسب المنصة سجلّك على غير ما يحسبه هذا الحاسوب، فلا يكون أجرها ولا احتمال الفحص لديها ما يخصك. عمليات الفحص المتتالية التي اجتزتها، والصحيح من مهام هذا النوع، والمفحوص منها، بحساب المنصة وبحساب هذا الحاسوب: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>عمليات الفحص المجتازة: تحسب المنصة {theirs}، وهذا الحاسوب {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>المهام المفحوصة: تحسب المنصة {theirs}، وهذا الحاسوب {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>الإجابات الصحيحة: تحسب المنصة {theirs}، وهذا الحاسوب {ours}.</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>لم تقبل المنصة تسجيل الدخول.</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>لم تقبله المنصة</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>لم تقبله المنصة.</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>لم تقبله المنصة. وما تخليت عنه من أجله عاد إليك.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>لم تقبل المنصة اعتراضك: وصل متأخرًا.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>لم تقبل المنصة اعتراضك؛ ويثبت الرفض.</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>لا تسمح المنصة بهذا لحسابك.</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>لم يعد هذا موجودًا عند المنصة.</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>هذه الحملة غير موجودة عند المنصة.</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>لا تستلم المنصة عملك. إذا عُرض على سلسلة الكتل قبل انتهاء وقته، فإنه يُحسب مُسلَّمًا؛ وإذا لم يصدر بعد ذلك حكم، يستطيع العقد أن يدفع لك من تأمين المنصة.</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>لا تعطي المنصة مهام أخرى الآن.</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>تعطيك المنصة التقدير {theirs}، ويحسب هذا الحاسوب {ours}.</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>لا تعطيك المنصة مزيدًا من المهام. يقرأ شخص في المنصة ما تكتبه.</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>كانت المنصة قد فقدت أحدث سجلاتها. أُعيدت إليها سندات دفعك وعملك.</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>أعلنت المنصة أنها تسترد تأمينها.</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>هو عند المنصة وهي تسأل مراجعين آخرين.</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>فقدت المنصة أحدث سجلاتها ولم تقبل استرجاع سندات دفعك.</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>ليس للمنصة تأمين يمكن أن يُدفع منه هذا.</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>لم تقم المنصة بما عليها. يمكنك تقديم الأمر إلى العقد.</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>لم تدفع المنصة خطوة من رصيد ضمانك وقّعتَ عليها.</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>لا جديد لك عند المنصة.</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>عند المنصة جزء من هذا فقط.</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>أثبتت المنصة على سلسلة الكتل أنها لا تدين لك بشيء عن هذا العمل.</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>وقّعت المنصة على استلامها</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>وقّعت المنصة على أنها استلمت عملك، ولم تُصدر حكمًا فيه. يستطيع العقد أن يدفع لك من تأمين المنصة.</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>اعتراضك عند المنصة؛ وسيحكم مراجعون آخرون من جديد.</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>المنصة تغلق قناتك، وناقلها لا يقبل طلب سحبك.</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>المنصة تغلق قناة دفعك.</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>المنصة تسترد تأمينها، لذلك لا يُقدَّم أي ضمان لعملها.</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>مجموع ما يجوز للمنصة أخذه من مال الحملة: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>حدث خطأ في المنصة نفسها.</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>تعرض المنصة مراجعة بأجر أو ضمان غير ما تعد به الحملة.</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>تعرض المنصة مهمة بأجر أو ضمان أو احتمال فحص غير ما تعد به الحملة.</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>تفتحه المنصة حتى {time}.</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>تدين لك المنصة بالمبلغ نفسه، وهو جاهز للسحب. وإذا لم تُجب، فهذه الخطوة هي ما يمكن أن تخسره.</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>رفضت المنصة هذا.</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>تقول المنصة إنك وضعت ضمانًا أكثر مما يعرفه هذا الحاسوب.</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>تقول المنصة {theirs}؛ والنتائج الموقّعة تعطي {ours}.</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>تعرض المنصة سند دفع أقل من السند الذي نشرته.</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>وقّعت المنصة أن إجابتك عندها.</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>وقّعت المنصة سندي دفع مختلفين بالرقم نفسه.</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>وقّعت المنصة أجرك</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>ما زال لدى المنصة وقت للرد على هذه المطالبة.</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>ما زال لدى المنصة وقت للرد.</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>ما زال لدى المنصة وقت، حتى {time}. بعد ذلك يمكن تقديمها.</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>تستقبل المنصة الملفات المرفوعة بطريقة أخرى.</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>تنتظر المنصة منك مخالصات لمهام دفعت لك أجرها.</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>تطلب المنصة أن تسجّل الدخول مرة أخرى.</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>ملف سندات الدفع اليومي للمنصة يُظهر أقل مما وقّعته لك من قبل.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>مفتاح المنصة لملفات النقل ليس هنا.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>مفتاح المنصة لملفات النقل قديم جدًا.</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>مفتاح المنصة ليس هنا بعد. صِل هذا الحاسوب بشبكة مرة واحدة، لمدة دقيقة.</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>مفتاح المنصة غير مسجَّل على سلسلة الكتل، لذلك لا يُقدَّم أي ضمان لعملها.</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>توقيع المنصة على كل ما تدين لك به. به تدفع لك سلسلة الكتل، مهما حدث.</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>فُحص توقيع المنصة على هذا الحاسوب حين وصل.</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>العملية التي تفتح الصور لا تبدأ.</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>الملف الشخصي مفتوح في نافذة أخرى من Gems.</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>الملف الشخصي {profile} غير موجود على هذا الحاسوب بعد.</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>الملف الشخصي {profile} موجود.</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>لا يمكن الكتابة في مجلد الملف الشخصي.</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>الإيصال لم توقّعه المنصة.</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>ترميز التسجيل أو الفيلم غير مسموح به هنا.</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>التسجيل أو الفيلم أو المستند أطول من أن يُفتح بأمان.</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>الطلب المرفوض لم يغيّر شيئًا، ولم يتحرك أي GEM.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>الطلب المرفوض لم يغيّر شيئًا. والمال المحجوز للحملة يبقى في مكانه.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>الطلب المرفوض لم يغيّر شيئًا. أدلتك محفوظة ويمكن تقديمها من جديد.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>الطلب المرفوض لم يغيّر شيئًا. سندات دفعك محفوظة على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>الرفض نهائي. ضاع ضمانك وقدره {amount} GEM.</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>رسم الناقل أعلى مما يأتي به السحب.</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>المخالصة ليست موقّعة من العامل.</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>تعذر حفظ التقرير: القرص ممتلئ أو لا يمكن الكتابة عليه.</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>صاحب العمل</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>اعترض صاحب العمل.</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>حان وقت خروج صاحب العمل: لا حكم جديد بعد الآن.</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>الأجر أعلى من الأجر المحدد في الشروط.</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>الأجر لا يزيد على ما يجوز أن يكون أجرًا للإعادة.</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>أجر المهمة؛ ويعود الضمان المقدَّم وضمان المهمة، ولا يُحسب الرفض.</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>أجر المهمة؛ ويعود الضمان، ولا يُحسب الرفض.</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>القاعدة: ينجز آخرون المهمة نفسها، حتى يتأكد بقدر كافٍ أي إجابة صحيحة.</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>القاعدة: ينظر فيها غريبان. ولا يُسترد جزء من الأجر إلا إذا وجداها كلاهما رديئة.</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>القاعدة: يجب أن يتفق {k} من {n} من المراجعين.</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>تغيّرت الدرجة من {first} إلى {last}.</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>تستعمل الشاشة نفسها هذا المفتاح. اضغط حرفًا أو رقمًا أو علامة.</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>يفتح المتجر في التاسعة.</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>التوقيع ليس من الحساب الذي يملك عملة GEM هذه.</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>وصل أمر الدفع الموقّع بعد فوات الأوان.</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>أمر الدفع الموقّع غير سارٍ بعد.</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>تعذرت قراءة الأصوات الموقّعة من جديد الآن. وقد فُحصت حين وصلت.</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>مصدر سعر الصرف يبدأ أو ينتهي بمسافة.</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>مصدر سعر الصرف ليس سطرًا واحدًا من نص عادي بطول 80 حرفًا على الأكثر.</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>ضمان المهمة، الذي كان يمكن أن تنقذه محاولة ثانية؛ ويثبت الرفض.</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>الضمان الذي وضعته</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>لم يُقبل الضمان.</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>توقيع الضمان ليس من عامل هذه القناة.</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>تستطيع خزنة مفاتيح النظام حفظ مفتاح المحفظة.</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>انتهت المهمة دون حكم، لذلك عاد ما وضعته.</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>المهمة ليست في الفاتورة التي وُقّعت.</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>تطلب الشروط أصواتًا أقل من نصف اللجنة.</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>تطلب الشروط أصواتًا أكثر مما في اللجنة.</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>تعطي الشروط أكثر من 30 يومًا للإعادة.</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>لا تذكر الشروط أي منصة، أو تذكر منصة غير ممكنة.</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>لا تذكر الشروط أي صاحب عمل، أو تذكر صاحب عمل غير ممكن.</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>الشروط لا تدفع شيئًا عن المهمة.</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>النسبة من الأجور المذكورة في الشروط خارج حدودها.</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>مهلة الاعتراض لم تنته بعد.</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>مهلة الاعتراض خارج حدودها.</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>انتهت مهلة الاعتراض.</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>انتهى وقتها</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>انتهى الوقت المحدد لهذا.</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>انتهى بالفعل وقت أول مهمة فيه.</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>انتهى وقت الاعتراض.</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>لا يمكن إنشاء العملة دون أحد يستلمها.</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>عقد العملة لم ينقل مبلغ GEM.</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>لم يُقبل التحويل.</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>الرسالتان لا تناقض إحداهما الأخرى.</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>جزءا القضية عن مهمتين مختلفتين.</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>كلمتا السر مختلفتان.</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>لم يُثبَّت التحديث.</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>الحكم وأصواته موقّعة. فحص هذا الحاسوب كل توقيع وحسب هذا المبلغ بنفسه.</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>إجابة المراجعين هي إجابة المهمة؛ ولا محاولة ثانية.</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>الإصدار المثبّت يواصل العمل. ولم تُمس محفظتك ولا عملك.</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>الأصوات ليست بترتيب مقاعدها.</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>سند الدفع لا يأتي بشيء لم يُسحب من قبل.</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>سند الدفع محفوظ على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>سند الدفع ليس موقّعًا بمفتاح هذه القناة.</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>انتهى الانتظار. يدفع العقد فور أن يطلب منه أي شخص ذلك.</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>المحفظة مقفلة.</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>لم يبدأ إخراج التأمين.</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>لم يبدأ إخراج المال المحجوز لهذه الحملة.</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>عامل هذه المهمة عضو في لجنتها.</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>قد يضيع الضمان الذي وضعته عليها وقدره {amount} GEM.</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>ثم افتح «ابحث عن عمل» وخذ مهامك الأولى.</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>ثم تصل أحكام الآخرين؛ ويُضاف أجرك حين يتفق عدد كافٍ منهم.</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>الأصوات أقل مما يحتاج إليه الحكم.</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>توجد أخبار أخرى؛ اكتب ملفًا آخر لتحصل عليها</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>لا صور متحركة في الملف.</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>توجد أصوات لمهمة لا إجابة لها.</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>يوجد ملف شخصي بهذا الاسم.</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>توجد شاشة للرسم عليها.</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>توجد محفظة، لكن كلمات استردادها لم تُكتب للتأكيد قط.</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>توجد محفظة؛ دُوّنت كلماتها وكُتبت للتأكيد.</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>في قناتك أقل من رسم الناقل.</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>ليس في الملف صوت ولا صورة.</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>لا توجد نسخة احتياطية من قاعدة البيانات بعد.</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>لا يوجد عقد حملات في العنوان الذي أُعطي.</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>لا توجد هنا نسخة سابقة للتحديث.</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>لا توجد قاعدة بيانات بعد.</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>لا حكم نهائيًا في هذه المهمة هنا.</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>لا توجد جولة أخرى يُعترض أمامها.</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>لا توجد خزنة مفاتيح آمنة للاستعمال.</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>لا يوجد هناك سند دفع أحدث؛ سندك هو الأحدث.</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>لا توجد قناة دفع مفتوحة لنقل أي شيء فيها.</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>لا توجد قناة دفع بعد.</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>لا يوجد تقرير عن صاحب العمل هذا.</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>لا مكان للملف.</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>لا توجد شاشة للرسم عليها.</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>ليس في الملف صوت.</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>لا يوجد مجلد كهذا لملف سند الدفع.</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>ليست في الفيلم هذه الصورة.</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>لا يوجد ملف شخصي كهذا على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>لا يوجد عقد عملة في العنوان الذي أُعطي.</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>لا حكم هنا ينتظرك.</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>لا حكم هنا يمكنك الاعتراض عليه.</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>لا يوجد حكم يُعترض عليه.</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>لا يوجد سند دفع بعد.</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>لا توجد محفظة هنا بعد.</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>لا توجد محفظة بعد.</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>لا يوجد عمل من هذا النوع الآن.</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>ليس في رصيد ضمانك هذا القدر متاحًا.</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>لا شيء هنا يدفعه العقد: إما أنه دُفع، أو ما زال لدى المنصة وقت.</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>لا شيء يدفعه العقد عن هذا بعد.</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>لا يوجد بعد ما يستحق سحبه دفع رسم الناقل.</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>المساحة على القرص أقل مما يحتاجه هذا العمل.</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>المساحة على القرص قليلة جدًا.</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>المساحة على القرص لا تكفي: ينقص {size}.</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>لم يكن هناك اتصال.</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>هذه مهام أكثر مما يمكن أن يكون في حملة.</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>هذه ليست كلمات محفظتك الجديدة.</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>هذه أرقام العامل الجديد؛ وتتغير مع عملك المفحوص.</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>هذه المواضع ليس فيها كلمة من القائمة: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>هي موقّعة وتُرسل حين يتوفر اتصال.</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>لم يروا إجابتك قبل أن يعطوا إجاباتهم.</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>كتبوا:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>هذا العنوان ليس في دفتر عناوينك.</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>يمكن قراءة هذا المبلغ بطريقتين.</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>غادرت هذه الإجابة صندوق الإرسال بالفعل.</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>هذه الإجابة لم تكتمل بعد: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>قُبلت هذه الإجابة من قبل؛ ويدفع لك صاحب العمل كي تنظر فيها من جديد.</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>لا أمثلة تدريبية لهذه الحملة.</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>هذه الحملة للتقدير A فقط.</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>هذه الحملة للتقدير B فما فوق.</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>هذه الحملة للتقدير C فما فوق.</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>انتهت هذه الحملة.</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>خُتم ملف النقل هذا لمنصة أخرى، أو منذ وقت طويل جدًا.</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>يجمع هذا الحاسوب بنفسه ما هو مستحق لك، ولا يقبل سند دفع بأقل منه.</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>لا توجد على هذا الحاسوب خزنة مفاتيح آمنة، أو أنها مغلقة.</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>رآه هذا الحاسوب على سلسلة الكتل.</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>ساعة هذا الحاسوب متفقة مع ساعة المنصة.</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>الفرق بين ساعة هذا الحاسوب وساعة المنصة بالدقائق: {minutes}.</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>أُثبت هذا التناقض من قبل.</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>بُنيت هذه النسخة دون تحديثات.</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>ليس في هذا الملف سند دفع.</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>هذا ملف نقل، وليس الرد على ملف نقل.</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>هذا رد، وليس ملفًا للإرسال.</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>هذا يخص مشغّل المنصة: انظر إلى التأمين أولًا.</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>هكذا يبدو التنبيه</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>هذا المبلغ من GEM أكثر مما يمكن أن تحويه حملة.</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>هذا أكثر مما يجوز خروجه في اليوم دون سؤال: {limit} GEM، استُعمل منها اليوم {spent} GEM.</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>هذا ليس عنوانًا، أو أن أحد أحرفه خطأ.</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>هذا ليس ملف نقل، أو أنه مقطوع.</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>هذا ليس عنوانًا صحيحًا: فيه حرف أو رقم خطأ أو ناقص أو زائد.</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>هذا ليس ملف مفاتيح (keystore) يستطيع Gems فتحه.</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>هذه ليست صورة من نوع مسموح به (PNG أو JPEG أو WebP).</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>هذا ليس مفتاحًا خاصًا: المفتاح 64 خانة، من 0 إلى 9 ومن a إلى f.</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>هذا ليس تسجيلًا أو فيلمًا أو مستندًا من نوع مسموح به (WAV أو FLAC أو Ogg أو MP3 أو MP4 أو WebM أو PDF).</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>هذا ليس مبلغًا بعملة GEM.</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>هذه ليست المحاولة التي قبل الإعادة.</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>هذا ليس رمز عملة.</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>هذه ليست قيمة GEM واحدة.</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>هذا أحدث إصدار.</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>هذه حملتك أنت.</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>هذا المفتاح غير مسجَّل للمنصة.</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>عدد المراجعات التي تُسلَّم، مختومة في {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>عدد المهام التي تُسلَّم، مختومة في {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>عدد المهام التي توقّع مخالصتها، مختومة في {time}: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>هذا لا يحرّك أي مال.</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>هذه الشبكة تُحسب بالميغابايت، وأنت تحتفظ بها لأشياء أخرى.</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>لم تعد هذه العقدة تُسأل: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>لا يمكن أن يكون لهذا الخيار مفتاح.</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>في هذا الملف الشخصي محفظة بالفعل.</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>لا يستطيع هذا البرنامج تحديث نفسه: لا يمكن الكتابة في مجلده.</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>هذا الرد لملف شخص آخر، أو لملف كتبته منذ وقت طويل.</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>تغيّر هذا الرد أو تلف في الطريق، فرُفض.</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>تتم هذه المراجعة بأداء المهمة.</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>لم تعد هذه المراجعة مفتوحة.</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>أمر الدفع الموقّع هذا نُفّذ أو أُلغي من قبل.</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>لم يعد ممكنًا إعادة هذه المهمة.</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>هذه المهمة ليست مراجعة محجوبة.</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>هذه المهمة ليست على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>لم تعد هذه المهمة مفتوحة.</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>هذه المهمة ليست مفتوحة للتغيير.</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>قُبلت هذه المهمة ودُفع أجرها من قبل.</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>قُدّمت هذه المهمة إلى سلسلة الكتل من قبل.</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>لم يُدفع أجر هذه المهمة مقدمًا.</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>ليس لهذه المحفظة كلمة سر.</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>سبق أن تم هذا بشكل مختلف.</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>لم يُؤكَّد هذا في نافذة المحفظة نفسها.</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>لم يُوقَّع هذا: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>لم يعد برج المراقبة هذا يتلقى نسخًا: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>طريقة حفظ المحفظة هذه غير معروفة.</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>لم يُؤخذ هذا العمل: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>من يفحصون لا يرون إجابتك قبل أن يقدموا إجابتهم.</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>ثلاثة أمثلة</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>الوقت</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>وقت المهمة</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>الوقت الباقي</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>مدة الدفع</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>وقت في مهام لم تجلب شيئًا: أُعيدت أو رُفضت أو تُخطّيت.</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>حجم التنزيل</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>حجم التنزيل للمهمة</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>نقل أجرك من القناة إلى محفظتك. بعدها فقط يمكنك إرساله.</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>إلى هذا العنوان:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>إلى محفظتك فورًا: {amount} GEM. رسم الناقل {fee} GEM.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>استُهلكت ميغابايتات اليوم.</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>المجموع</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>الصحيح من إجاباتك المفحوصة أقل من أن تستمر.</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>العمل المحكوم فيه أقل من أن يُعرف معدل الرفض.</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>العمل المنجز أقل من أن يُقاس.</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>طلبات كثيرة في وقت قصير.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>عدد المحاولات: {n}؛ تُعاد المحاولة في {time}.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>عدد المحاولات: {n}؛ تُعاد المحاولة مع أول اتصال.</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>الثقة</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>درجة الثقة</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>حاول مرة أخرى بعد دقيقة.</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>حاول مرة أخرى لاحقًا.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>حاول مرة أخرى. إذا بقي الحال كذلك، فشغّل التطبيق مع --fresh لبدء شبكة التدريب من جديد.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>حاول مرة أخرى؛ وإذا بقي الحال كذلك، فأعد المهمة دون أي تكلفة.</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>حاول أخذ العمل مرة أخرى.</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>اثنتا عشرة كلمة</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>اثنتا عشرة كلمة تفتح محفظتك في أي مكان. من يملكها يملك مالك: لا تخبر أحدًا.</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>وجده مراجعان آخران رديئًا: عاد جزء من الأجر إلى صاحب العمل.</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>اكتبها مرة أخرى؛ تحقق من مفتاح Caps Lock ومن لغة لوحة المفاتيح. كلمات الاسترداد تعيدها أيضًا.</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>اكتب الكلمة نفسها مرتين.</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>في GRAM يجب أن يكون ضمان العامل هو الغرامة.</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>في «القراءة» تغيّر اللغة والحروف والألوان.</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>في «العمل والبيانات» تحدد كم ميغابايت يستعمل البرنامج في اليوم.</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>تحت كل مهمة ترى ما يحدث بعد ذلك وحتى متى.</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>افتح المحفظة مرة أخرى؛ وإذا لم يفد ذلك، فأعد تشغيل Gems.</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>افتح المحفظة وحاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>الوقت غير المدفوع</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>إلى أن يُسجَّل، لا يقدّم Gems ضمانًا لعملها: فلن ينظر أي عقد في قضيتك.</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>يجب إرسال إجابتك قبل ذلك. وبعده تذهب المهمة إلى غيرك.</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>إلى أن ينتهي هذا، لا يقدّم Gems ضمانًا لعملها.</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>حتى هذا الوقت يمكنك أنت أو الطرف الآخر الاعتراض. وبعده يثبت الحكم نهائيًا.</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>حدّث Gems، ثم حاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>حدّث Gems. إذا تكرر هذا، فاحفظ تقريرًا من الإعدادات وأخبرنا.</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>استعمل عقدة أخرى لسلسلة الكتل، من الإعدادات.</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>استعمل عقدة أخرى، أو أضف عقدة ثانية للمقارنة، من الإعدادات.</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>استعمل ملفًا شخصيًا آخر لمحفظة أخرى.</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>أدخل في الإعدادات عناوين أخرى لعقد سلسلة الكتل.</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>استعمل المفتاح الذي أنشأ الحملة.</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>استعمل التطبيق المحزوم، أو Python من 3.11 إلى 3.13.</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>استعمل النافذة المفتوحة بالفعل، أو أغلقها أولًا.</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>استعمل مفتاحه.</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>آخر استعمال: {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>يدفع عادةً خلال</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>الحكم</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>المراجعون</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>يقرر المراجعون قبل {time}.</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>القرار الآن للمراجعين. لا يلزمك فعل شيء.</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>صدر حكم المراجعين، ولم تدفع لك المنصة. يستطيع العقد أن يدفع لك من المال المحجوز للحملة.</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>لم يعمل الإصدار {new} مرتين، فعاد {old} إلى العمل.</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>يمكن تنزيل الإصدار {version}.</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>جارٍ تنزيل الإصدار {version}.</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>الإصدار {version} جاهز.</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>خبير</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>مقاطع فيديو</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>العنف</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>سند الدفع</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>يدفعه سند الدفع {n} بتاريخ {time}. وفيه بالمجموع {paid} GEM للسحب و{bonded} GEM لرصيد الضمان.</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>انتظر لحظة؛ سيحاول Gems مرة أخرى.</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>انتظر حتى لا يعود قابلًا للتغيير.</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>انتظر حتى تصل.</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>انتظر حتى تنتهي.</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>انتظر حتى يتم ذلك.</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>انتظر حتى ينتهي ذلك، ثم حاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>انتظر حتى يظهر ذلك على سلسلة الكتل.</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>انتظر حتى يُحسم الحكم، ثم أكمل الخروج.</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>انتظر، ثم اكتب كلمة السر مرة أخرى. كلمات الاسترداد تعيدها أيضًا.</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>في انتظار أول اتصال</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>المحفظة</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>برج مراقبة</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>أسبوع {day}: فُحص {had}، والمتوقع {expected}</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>استُرد: وجد شخصان العمل رديئًا</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>ما أجمل اليوم الذي قضيناه!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>ما تكلفك إياه الإجابة المرفوضة فوق أجرها. لا يزيد أبدًا على ضمانك.</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>ما وضعه صاحب العمل ليدفع ثمن العمل. لا يستطيع سحبه ما دامت هناك مهام مفتوحة.</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>الذي يجيب ليس منصة هذه الشبكة.</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>ما لا يتسع له الملف يذهب مع الملف التالي: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>بماذا يشعر الكاتب؟</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>ما خرج من رصيد الضمان لم يعد ضمانًا.</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>ما يُسلَّم لا يمكن تغييره بعد ذلك. هذا لا يحرّك أي مال.</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>ما لم يُثبت لم يُقبل. عاد ما هو موقّع، ومالك كما تقول التوقيعات.</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>ما يُدفع لا يمكن استرجاعه.</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>ما يُرسل لا يستطيع أحد استرجاعه. قارن العنوان كله بالعنوان الذي أُعطي لك.</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>ما يجوز أن يخرج من محفظتك في اليوم دون سؤال. لما هو أكثر، تسألك المحفظة أولًا.</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>ما كسبه الناس هنا في الساعة، محسوبًا من العمل الذي دُفع أجره.</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>ما كتبه الإصدار الأحدث يوضع جانبًا في مجلد الملف الشخصي، ولا يُحذف أبدًا.</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>ما وضعته المنصة لتدفع لك. لا يمكن أن تدين لك بأكثر منه.</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>ما يجلبه البرنامج لمهمة واحدة. الصور والأصوات كبيرة، والنص صغير.</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>ما أرسله البرنامج وجلبه اليوم. تحدد أقصى ما يستعمله في الإعدادات.</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>ما يأخذه الناقل لإيصال سحبك. تراه قبل أن توقّع؛ ولا يزيد أبدًا.</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>ما قُرئت منه هذه الحركة لم يعد على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>ما ينتظر يُرسل تلقائيًا حين تتصل، أو فورًا بالزر «أرسل الآن».</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>ما وُجد قديم جدًا ولا يمكن الوثوق به.</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>ما عُرض غير موقّع من صانعي Gems.</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>ما أُرسل أكبر مما تقبله المنصة.</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>ما كسبته يبقى في قناتك.</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>ما تناله عن مهمة واحدة عند قبولها.</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>ما كسبته محفوظ هنا ويمكن سحبه. ويستمر العمل الذي بلا ضمان.</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>ما كسبته محفوظ هنا. ويستمر العمل الذي بلا ضمان.</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>ما يدفعه أحدث سند دفع لك يمكن سحبه حتى ينتهي الإغلاق.</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>ما يدفعه أحدث سند دفع لك يصل إلى محفظتك فورًا، بعد خصم الرسم.</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>يُقدَّم عنك ما يدفعه أحدث سند دفع لك. ويأتي رصيد ضمانك عند انتهاء الإغلاق.</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>عندما تُرفض إجابتك</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>عندما ترسل GEM، قارن العنوان كله. لا يمكن استرجاعها.</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>حيث يُحفظ أجرك لك آمنًا. أنت وحدك تستطيع سحبه، ولا أحد يستطيع استرداده.</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>من يطلب إنجاز العمل ويدفع ثمنه.</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>من ثبّته يستطيع أن يضع إصدارًا جديدًا هناك. محفظتك وعملك محفوظان في مكان آخر.</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>من لديه الملف وكلمة السر تلك يملك كل ما في هذه المحفظة، إلى الأبد. لا يطلب Gems منك ملفًا كهذا أبدًا.</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>من يسيطر على هذا الحاسوب يستطيع أن يرسل هذا القدر دون موافقتك.</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>على من كتبه أن يكتبه مرة أخرى.</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>ببذرة صاحب العمل</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>مع عقدتين لمشغّلين مختلفين، تُكشف العقدة التي تكذب.</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>إذا صحّ {right} من العشر التالية: {low} % على الأقل، التقدير {grade}.</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>خلال يوم</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>خلال أسبوع</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>خلال ساعة</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>خلال ثلاثة أيام</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>دون شبكة، بذاكرة USB</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>دون إيصال من المنصة، لا تمكن المطالبة إلا بما ثُبّت على سلسلة الكتل في وقته.</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>كُسب: إجابتك مقبولة.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>كلمات</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>العمل</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>اعمل كالعادة. السطر في الأسفل يقول إنك غير متصل؛ ولا يضيع شيء.</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>لك عمل لم يُدفع أجره بعد. ولا يمكن بعد الآن دفع أجره في هذه القناة.</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>اعمل دون اتصال</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>العمل الذي يطلب ضمانًا مغلق أمامك إلى أن تحفظ من جديد أجرًا في رصيد الضمان.</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>اعمل أولًا بلا ضمان: أول ما تكسبه يملأ رصيد الضمان.</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>العمل دون اتصال، كما اخترت</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>أسوأ حالة في مهمة واحدة</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>الجروح والحوادث</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>اكتب حرفًا واحدًا على الأقل.</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>اكتب أرقامًا بما لا يزيد على 18 منزلة عشرية، مثل 0.25.</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>اكتب أرقامًا مع 8 منازل عشرية على الأكثر، مثل 12.50.</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>اكتب حروفها الثلاثة الكبيرة، مثل KES.</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>اكتب الكلمات الاثنتي عشرة على ورقة، بالترتيب. هي الطريق الوحيد لاستعادة مالك.</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>دوّنها وأكّدها: من دونها يضيع المال إذا تعطل القرص.</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>اكتب ما الصحيح في إجابتك.</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>اكتب إجابتك لكل منطقة.</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>اكتب إجابتك.</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>مكتوب وموقّع. يُرسل فور وجود اتصال.</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>مسجّل، ولم يُرسل بعد</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>كُتب: {name}. أعطِ ذاكرة USB لشخص لديه اتصال.</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>خاطئة</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>نعم، أتعهد</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>نعم، أضفه</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>نعم، أعترض</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>نعم، غيّره</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>نعم، أغلقه</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>نعم، صدّره</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>نعم، سلّم</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>نعم، انقل</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>نعم، ادفع</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>نعم، اسحب</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>نعم، ضعها</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>نعم، وقّع المخالصة</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>نعم، أرسله</translation>
        </message>
        <message>
            <source>You</source>
            <translation>أنت</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>قبلتَ الإجابة.</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>أضفت هذا العنوان منذ وقت قريب. لا يحتاج إلى سؤال ابتداءً من: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>أجبت.</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>اعترضت وخسرت: رفضه مراجعون آخرون أيضًا.</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>اعترضت وكسبت.</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>اعترضت.</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>اعترضت. مراجعون آخرون يحكمون فيه من جديد.</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>يمكنك سحبه من صفحة الأرباح.</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>تسحب 10 GEM والرسم 0.02: يصلك 9.98.</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>صحّحتها: محاولتك الثانية تحل محلها.</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>صحّحت إجابتك.</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>أعدت مهمة. لا يكلفك ذلك شيئًا ويعود إليك ضمانك.</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>تتخلى عن الاعتراض، ومعه أجر هذه المهمة.</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>تتخلى عن المحاولة الثانية وعن الاعتراض، ومعهما أجر هذه المهمة.</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>تتخلى عن المحاولة الثانية، ومعها أجر هذه المهمة.</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>عادت إليك المهمة لتصحّحها، حتى {time}.</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>كنت قد قبلت هذه الإجابة.</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>كنت قد رفضت هذه الإجابة: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>كنت قد تخطيت هذه الإجابة.</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>لقد اعترضت من قبل.</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>لديك من الدفعات غير المكتملة أقصى ما يُسمح به لحساب واحد.</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>لقد أنهيت المحاولة الثانية.</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>لقد أنهيت المحاولة الثانية؛ استرجعها أولًا إن كنت تفضل الاعتراض.</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>لقد سلّمت المحاولة الثانية، فالحكم الأول ثابت.</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>لقد اجتزت أمثلتها التدريبية.</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>قرأت هذا الرد من قبل. لا جديد فيه.</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>لقد أبلغت عن هذا من قبل.</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>لديك أعلى تقدير.</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>تحتفظ فيه بـ 2 GEM؛ تطلب مهمة ضمانًا قدره 0.10، فيبقى 1.90 متاحًا.</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>تركت الرفض قائمًا.</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>خسرت مؤخرًا اعتراضات كثيرة جدًا بلا ضمان.</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>يمكنك الاعتراض على الرفض: عندئذ يحكم آخرون.</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>يمكنك الاعتراض حتى {time}.</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>يمكنك تصحيح إجابة مرفوضة مرة واحدة وإرسالها من جديد.</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>يمكنك تصحيحه.</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>يمكنك مراجعة عمل من هذا النوع.</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>لا تحتاج إلى عملة رسوم الشبكة: يدفعها ناقل.</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>تتعهد بنصها وأجرها وقواعدها لكل من يعمل عليها.</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>رفضتَ الإجابة.</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>رفضتَ الإجابة: {reason}.</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>أبلغت عن هذا</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>حفظتها كقضية للعقد.</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>تقول إن الرفض خاطئ، فيحكم آخرون من جديد. وقرارهم هو المعتمد.</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>وقّعت هذا على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>كتبتَ:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>تبيّن صفحة الثقة كم بقي لك إليه.</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>بلغ حسابك الحد الأقصى لما يمكنه حفظه.</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>قُبلت إجابتك.</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>وقعت القرعة على إجابتك لتُفحص.</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>رُفضت إجابتك.</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>إجابتك:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>إجاباتك ومالك محفوظة ولم تُمَسّ.</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>صدر الحكم في إجاباتك في «{title}». كيف كان صاحب العمل؟</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>اعتراضك مكتوب وموقّع؛ يُرسل فور وجود اتصال.</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>يُرسل اعتراضك مع أول اتصال. لا يلزمك فعل شيء.</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>اعتراضك ينتظر مشغّل المنصة. ما تكتبه الآن يحل محله.</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>يأتي رصيد ضمانك عند انتهاء الإغلاق. ويستغرق ذلك المدة التي فُتحت بها قناتك.</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>رصيد ضمانك لا يكفي لضمان هذا الاعتراض.</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>رصيد ضمانك أقل مما يحتاجه هذا الضمان.</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>رصيد ضمانك، عند انتهاء القناة</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>قناتك قيد الإغلاق</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>قناتك مفتوحة كما كانت، ولم يُؤخذ أي رسم.</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>قناتك دفعت أجرها، فلا يُطلب هذا المال من أحد مرة أخرى. هذا لا يحرّك أي مال.</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>تبقى قناتك مفتوحة، وما فيها يبقى لك.</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>وصل سحبك إلى محفظتك</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>بياناتك محفوظة.</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>أول أجر لك</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>تقديرك يقول مدى صحة عملك المفحوص.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>مفاتيحك وعملك وسندات دفعك على هذا الحاسوب ولم تتأثر.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>مفاتيحك وعملك وسندات دفعك على هذا الحاسوب ولم تتأثر. لم يُسجَّل شيء من هذا الجواب.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>مفاتيحك وعملك وسندات دفعك على هذا الحاسوب ولم تتأثر. لم يُصرف شيء.</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>يُقدَّم الآن أحدث سند دفع لك بمبلغ {amount} GEM.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>أحدث سند دفع لك محفوظ هنا وفي أبراج المراقبة التي اخترتها؛ وله القيمة نفسها من يد أي شخص.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>أحدث سند دفع لك محفوظ على هذا الحاسوب فقط.</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>كُتب أحدث سند دفع لك في {path}</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>أمرك أنت يملأ رصيد الضمان من أجرك. وتحدد إلى أي حد في الإعدادات.</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>يمر أجرك هكذا: قيد المراجعة، مستحق لك، جاهز للسحب، في محفظتك.</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>قناة دفعك قيد الإغلاق.</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>قناة دفعك مغلقة</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>قناة دفعك قيد الإغلاق من قبل.</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>إذنك لم يعد يناسب القناة: سُحب شيء آخر قبله.</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>لم يُمَسّ ملفك الشخصي.</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>حُفظ تقييمك. شكرًا لك.</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>يُرسل بلاغك إلى المشغّل مع أول اتصال.</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>نصيبك من مراجعة واحدة</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>يعود ضمانك حين يرى المراجعون الآخرون ما رأيت.</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>ضماناتك في عمل لم يُحسم بعد. تعود حين يُقبل العمل.</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>نظامك يُبقي Gems محدّثًا.</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>درجة ثقتك لا تسمح بالمراجعة بعد.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>سندات دفعك وكل أدلتك محفوظة هنا. لا يُدفع شيء مرتين ولا يضيع شيء لك.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>سندات دفعك وكل أدلتك محفوظة على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>سندات دفعك محفوظة هنا. يمكن إظهار السندين لأي شخص.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>سندات دفعك محفوظة هنا. توقيعا المنصة يثبتان ذلك.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>سندات دفعك محفوظة هنا. سلسلة الكتل تدفع الأحدث، مهما كان ما تتذكره المنصة.</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>لا تكفي محفظتك لهذا المبلغ مع الرسم.</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>محفظتك كما كانت.</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>محفظتك ما زالت محفوظة على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>محفظتك محفوظة وعملك لم يُمَسّ.</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>وقّعتها محفظتك. بصمتها {code}.</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>وقّعت محفظتك الاعتراض بهذه الكلمات.</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>عملك محفوظ على هذا الحاسوب؛ ولم يتغير شيء.</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>عملك محفوظ.</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>قُبل عملك. ما زال لصاحب العمل أن يعترض لبعض الوقت؛ ثم يُدفع أجره.</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>عاد عملك وضماناتك وأرباحك. ما لم يُرسل قط كان على الحاسوب المفقود وحده.</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>مهامك المفحوصة، وعددها {checked}، تُحسب كأنها {counted}: المهام السهلة والكثيرة لصاحب عمل واحد تُحسب أقل.</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>عليك إنجازها</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>بقيت بضع ثوانٍ</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>علامة</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>بقي نحو {n} س</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>بقي نحو {n} د</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>بقي نحو {n} ث</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>نحو {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>بعد قبوله</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>بعد خصم متوسط ما يضيع</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>اعتراضات: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>فور إرساله</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>كما يتوقع صاحب العمل</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>زيادة على الأجر</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>الحروف من {start} إلى {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>محسوب لعامل جديد، بنسبة إجابات صحيحة {share}</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>محسوب بنسبة إجابات صحيحة {share}، من سجلّك أنت</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>كل إجابة تُفحص</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>الصورة {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>يطلب ضمانًا ولا توجد قناة دفع بعد.</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>لا يمكن وضع ضمانه: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>وقته يكاد ينتهي.</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>قبل لحظات</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>مقيس</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>مقيس على عمل دُفع أجره</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>لا محفظة بعد</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>لم يُدفع لأحد بعد</translation>
        </message>
        <message>
            <source>none</source>
            <translation>لا شيء</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>العمل المفحوص لا يكفي بعد</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>غير معروف بعد</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>لا شيء</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>لا ضمان محجوز</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>إحدى المناطق المعلَّمة</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>هنا فقط</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>فقط إذا دفع صاحب العمل مقابله</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>في الأخرى فقط</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>الأجر وحده لا يُدفع</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>بلا موعد نهاية</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>التطابق {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>الصفحة {n}: {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>تُدفع خلال {time} من الإرسال</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>على الأرجح {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>مراجعات: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>أرسل خلال {time}</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>مراجعات متخطاة: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>مهام: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>المنصة تسترد تأمينها، لذلك لا يُقدَّم أي ضمان.</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>مفتاح المنصة غير مسجَّل على سلسلة الكتل، لذلك لا يُقدَّم أي ضمان.</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>يمكن لصاحب العمل أن يعترض خلال {time}</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>انتهى الوقت</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>حتى {reward} GEM</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>حتى {size} للمهمة</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>المحفظة {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>إذا لم يخالف أحد</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>لا تخسر شيئًا</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>تخسر {amount} GEM</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>لا يوجد في قناة دفعك إيداع مؤكد بعد.</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>قناة دفعك قيد الإغلاق.</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>‏{amount} GEM للمهمة</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>‏{amount} GEM مقبولة وتُدفع حتى {time} ما لم يعترض صاحب عمل.</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>‏{amount} GEM مقبولة وتُدفع ما لم يعترض صاحب عمل.</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>تصيب القرعة {audit} من إجاباتك فيفحصها غريبان؛ وما يجده كلاهما خطأ يكلف {penalty} GEM، وكل ما عداه يُدفع كاملًا.</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>النسخ الاحتياطية الموجودة: {count}، وعمر أحدثها بالساعات: {hours}.</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>‏{count} – أقل من أن يُقال المزيد.</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>‏{count} – {percent} %، على الأرجح {low}–{high} %.</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>‏{day}: لم تُدفع بعد أي مهمة من ذلك اليوم</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>‏{day}: الوقت أقل من أن تُحسب به ساعة</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>‏{day}: {paid} GEM في الساعة في المهام المدفوعة، {all} GEM مع الوقت غير المدفوع</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>الخطوات: {done} من {total}</translation>
        </message>
        <message>
            <source>{evidence}, {meaning}</source>
            <translation>‏{evidence}، {meaning}</translation>
        </message>
        <message>
            <source>{from_s} – {to_s} s</source>
            <translation>‏{from_s} – {to_s} ث</translation>
        </message>
        <message>
            <source>{good} accepted, {bad} rejected</source>
            <translation>مقبولة: {good}، مرفوضة: {bad}</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>اتفقت مع الآخرين: {good}، لم تتفق: {bad}</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>كُسب: {good}، خُسر: {bad}</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>بلغت التقدير {grade}؛ وهو لك إذا بقي كذلك بعد مهمة مفحوصة واحدة أخرى.</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>بلغت التقدير {grade}؛ وهو لك إذا بقي كذلك بعد مهام مفحوصة أخرى عددها {more}.</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>‏{grade} – العمل المفحوص لا يكفي بعد.</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>‏{h} س {m} د</translation>
        </message>
        <message>
            <source>{label} {n}</source>
            <translation>{label} {n}</translation>
        </message>
        <message>
            <source>{mark} of 5</source>
            <translation>‏{mark} من 5</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>المساحة المتاحة على قرص الملف الشخصي: {megabytes} م.ب.</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>الذاكرة المتاحة: {megabytes} م.ب.</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>‏{month}: فُحص {had}، والمتوقع {expected}</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>مهام مفحوصة باقية قبل أن تستطيع المراجعة: {more}.</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>مهام مفحوصة لأصحاب عمل آخرين باقية قبل أن تستطيع المراجعة: {more}.</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>مهام مفحوصة باقية إلى المستوى التالي: {more}.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>إجابات صحيحة متتالية باقية قبل أن تستطيع المراجعة: {more}.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>عدد الإجابات الصحيحة المتتالية الباقية إلى التقدير {grade} هو {more}.</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>‏{names}، و{n} غيرها</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>‏{note} وعلى الأرجح {low} % على الأقل كذلك.</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>‏{note}؛ ويُقبل منها في النهاية {share}</translation>
        </message>
        <message>
            <source>{n} KB</source>
            <translation>‏{n} ك.ب</translation>
        </message>
        <message>
            <source>{n} MB</source>
            <translation>‏{n} م.ب</translation>
        </message>
        <message>
            <source>{n} answers wait to be sent</source>
            <translation>إجابات تنتظر الإرسال: {n}</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>‏{n} أيام</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>لم يُجيبوا: {n}.</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>مهام منجزة يوشك وقتها أن ينتهي: {n}؛ أرسلها قبل {time}.</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>‏{n} ساعة</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>حُجب بسبب إعداداتك: {n}</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>محفوظ على هذا الحاسوب حتى يوجد اتصال: {n}</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>‏{n} دقيقة</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>‏{n} من {total}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>المفتوح {n}</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>مراجعون آخرون لم يحكموا فيه من قبل، عددهم {n}</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>عدد المقيّمين {n}؛ أعطى منهم {good} العلامة 4 أو 5.</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>إجابات مرفوضة يمكن تصحيحها أو الاعتراض على رفضها: {n}.</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>‏{n} ثانية</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>توقيعات هذا الحكم التي فُحصت: {n}: توقيعك وتوقيع المنصة وتوقيعات المراجعين.</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>عُدّت الأصوات الموقّعة ({n}) على هذا الحاسوب، وكانت النتيجة نفسها.</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>المهام الموجودة هنا: {n}، أي نحو {time} من العمل</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>المهام: {n}، بضمان قدره {amount} GEM</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>المهام الباقية في هذه الدفعة: {n}</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>مهام يوشك وقتها أن ينتهي: {n}؛ أنجز أولاها وأرسلها قبل {time}.</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>حالات الرفض التي نُقضت: {overturned} من {rejected} – {percent} %، على الأرجح {low}–{high} %.</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>اعتراضات العاملين المكسوبة: {part} من {whole}</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>قرارات المراجعين التي نُقضت لاحقًا: {part} من {whole}</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>الإجابات المحكوم فيها المقبولة: {part} من {whole}</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>‏{pay} GEM للمهمة</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>من آخر {last} أُعيد {redone}.</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>رُفض {rejected} من آخر {last}، أكثر من المعتاد لديك.</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>رُفض {rejected} من {decisions} – {percent} %، على الأرجح {low}–{high} %.</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>‏{reward} GEM قبل خصم الرسم</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>صحّ {right} من {checked} من المهام المفحوصة – العمل المفحوص لا يكفي بعد.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>صحّ {right} من {checked} من المهام المفحوصة – {percent} %، على الأرجح {low}–{high} %.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>صحّ {right} من {checked} من المهام المفحوصة: أقل من أن تستمر. يمكنك الاعتراض.</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>صحّ {right} من {checked}</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>صحّ {right} من {checks} من الفحوص الخفية؛ والمراجعة تحتاج إلى أكثر من ذلك.</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>صحّ {right} من {of}</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>وصل {share} إلى المنصة بالفعل.</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>يجب أن يصح {share}.</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>‏{share} من الإجابات مرفوضة</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>‏{share} من الإجابات مرفوضة، ويُدفع خلال {time}</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>‏{share} من الأجر</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>رُفض {share} من الإجابات التي صدر فيها حكم ({n}).</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>‏{size} لكل مهمة</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>ملفات تنتظر، حجمها {size}.</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>بقي {size}</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>‏{size} للتنزيل</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>‏{size} اليوم</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>استُعمل اليوم {spent} من {limit} GEM</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>‏{stake} GEM ضمان</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>‏{time} بعد أن ترسله</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>قبل {time}</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>‏{time} لكل مهمة</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>المجموع {time}، منه {unpaid} غير مدفوع</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>بقي {time}</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>‏{time} في مهام دُفع أجرها</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>‏{title} (قُيّم)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>وُضع {title} جانبًا؛ ولم يُحذف منه شيء.</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>للإرسال: {unsent}، في انتظار الحكم: {waiting}</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>‏{used} من {allowed} م.ب اليوم</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>‏{when}: دُفعت {n} من {all} من المهام ({share})</translation>
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
            <translation>‏{x} % من اليسار، {y} % من الأعلى</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>وجدها صحيحة: {yes}، وجدها خاطئة: {no}.</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>«اسحب إلى محفظتي» يوصل إليك ما هو جاهز. ترى الرسم قبل أن توقّع.</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>«الممول» هو مال وُضع بالفعل من أجل العمل.</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>المفتاح “{key}” هو مفتاح “{option}” من قبل.</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>جارٍ فتح الصورة …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>لا تذكر هذه المهمة أي صورة.</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>جارٍ فتح الفيلم …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>لا يمكن قراءة أوقات هذه السلسلة.</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>لا تأتي هذه المهمة بأي سلسلة قياسات.</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[صورة]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>جارٍ فتح التسجيل …</translation>
        </message>
    </context>
</TS>
