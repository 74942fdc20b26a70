<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>Amount</name>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>بعض الحملات تطلب ضمانًا. اترك جزءًا من أجرك هنا حتى يبلغ رصيد الضمان هذا المقدار؛ لن تحتاج أبدًا إلى شراء أي شيء.</translation>
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
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>أغلق هذه الحملة</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>يمكنك ترك مهمة كهذه في أي وقت، دون أي تكلفة.</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>أجر المهمة</translation>
        </message>
        <message>
            <source>%1 GEM</source>
            <translation>%1 GEM</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>الأجر في الساعة</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>غير معروف بعد</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>الضمان المعرَّض للخسارة</translation>
        </message>
        <message>
            <source>none</source>
            <translation>لا شيء</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>أسوأ حالة في مهمة واحدة</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>لا تخسر شيئًا</translation>
        </message>
        <message>
            <source>you lose %1 GEM</source>
            <translation>تخسر %1 GEM</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>الرسم</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>احتمال الفحص</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>وقت المهمة</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>حجم التنزيل للمهمة</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>أرسل خلال</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>نهاية الحملة</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>بلا موعد نهاية</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>الإجابات التي يرفضها صاحب العمل</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>يدفع عادةً خلال</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>صاحب العمل %1</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>تقرير صاحب العمل</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>كيف تُفحص الإجابات</translation>
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
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>%1 GEM للمهمة</translation>
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
            <translation>%1 GEM في الساعة</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>الضمان %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>بلا ضمان</translation>
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
            <source>Export CSV</source>
            <translation>صدّر CSV</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>جاهز للسحب</translation>
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
            <source>Where your GEM is</source>
            <translation>أين رصيدك من GEM</translation>
        </message>
        <message>
            <source>In your wallet, on chain</source>
            <translation>في محفظتك، على سلسلة الكتل</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>مجموع ما سُحب</translation>
        </message>
        <message>
            <source>Owed, not yet in a voucher</source>
            <translation>مستحق لك، ولم يدخل في سند دفع بعد</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>قيد المراجعة</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>رصيد الضمان</translation>
        </message>
        <message>
            <source>At stake now</source>
            <translation>الضمان المحجوز الآن</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>محجوز لك في القناة</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>عملة رسوم الشبكة</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>عمليات السحب</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>الأرباح حسب اليوم</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>اليوم</translation>
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
            <source>Your first pay will show here, day by day.</source>
            <translation>سيظهر أول أجر لك هنا، يومًا بيوم.</translation>
        </message>
        <message>
            <source>Every movement</source>
            <translation>كل الحركات</translation>
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
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>أخفِ هذه الرسالة</translation>
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
            <source>Campaigns</source>
            <translation>الحملات</translation>
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
            <source>No campaign has these words</source>
            <translation>لا توجد حملة فيها هذه الكلمات</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>اعرض الكل</translation>
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
            <source>Nothing is waiting for you</source>
            <translation>لا شيء ينتظرك</translation>
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
            <source>Continue</source>
            <translation>متابعة</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>ابحث عن عمل</translation>
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
            <translation>%1 في سبعة أيام</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>جاهز للسحب</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>مثبت في القناة</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>قيد المراجعة</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>يُدفع عندما يوافق الآخرون</translation>
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
            <source>Try again</source>
            <translation>حاول مرة أخرى</translation>
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
            <source>Take back</source>
            <translation>استرجع</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>صندوق الإرسال</translation>
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
            <source>Show</source>
            <translation>اعرض</translation>
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
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>تدريب</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>تقرير صاحب العمل</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments, not opinions.</source>
            <translation>حقائق من الأحكام والمدفوعات، لا آراء.</translation>
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
            <source>Time to pay</source>
            <translation>مدة الدفع</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>الممول الآن</translation>
        </message>
        <message>
            <source>How they judge</source>
            <translation>كيف يحكم</translation>
        </message>
        <message>
            <source>%1 accepted · %2 rejected</source>
            <translation>المقبول %1 · المرفوض %2</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>الرفض تقرره لجان من عاملين آخرين، وليس صاحب العمل وحده.</translation>
        </message>
        <message>
            <source>%1 tasks in all.</source>
            <translation>مجموع المهام: %1.</translation>
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
            <source>Undo the last verdict</source>
            <translation>تراجع عن الحكم الأخير</translation>
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
        <name>SettingsScreen</name>
        <message>
            <source>Settings</source>
            <translation>الإعدادات</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>كل تغيير يُحفظ فورًا.</translation>
        </message>
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
        <message>
            <source>Work and data</source>
            <translation>العمل والبيانات</translation>
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
            <source>Today so far: %1</source>
            <translation>اليوم حتى الآن: %1</translation>
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
        <message>
            <source>Bond</source>
            <translation>رصيد الضمان</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>الشبكة</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>الملف الشخصي</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>المنصة</translation>
        </message>
        <message>
            <source>Chain node</source>
            <translation>عقدة سلسلة الكتل</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>شبكة تدريب: عملة GEM هنا بلا قيمة</translation>
        </message>
        <message>
            <source>About</source>
            <translation>حول</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>الإصدار</translation>
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
        <name>TaskImage</name>
        <message numerus="yes">
            <source>Picture of the task with %n box(es)</source>
            <translation>
                <numerusform>صورة المهمة بلا إطارات</numerusform>
                <numerusform>صورة المهمة مع إطار واحد</numerusform>
                <numerusform>صورة المهمة مع إطارين</numerusform>
                <numerusform>صورة المهمة مع %n إطارات</numerusform>
                <numerusform>صورة المهمة مع %n إطارًا</numerusform>
                <numerusform>صورة المهمة مع %n إطار</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>صورة المهمة</translation>
        </message>
        <message>
            <source>Plus and minus zoom, 0 shows all of it.</source>
            <translation>علامتا الزائد والناقص للتكبير والتصغير، و0 يعرض الصورة كلها.</translation>
        </message>
        <message>
            <source>Plus and minus zoom, 0 shows all of it. N makes a box, Tab goes through the boxes, arrows move the selected one, Shift with arrows changes its size, Delete removes it.</source>
            <translation>علامتا الزائد والناقص للتكبير والتصغير، و0 يعرض الصورة كلها. N ينشئ إطارًا، وTab ينتقل بين الإطارات، والأسهم تحرك الإطار المحدد، وShift مع الأسهم يغير حجمه، وDelete يحذفه.</translation>
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
        <name>TaskLabels</name>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>هناك إطار محدد: اختيار تسمية يغير تسميته، وDelete يحذفه.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture (or press N there).</source>
            <translation>اختر تسمية، ثم ارسم إطارًا على الصورة بالسحب (أو اضغط N هناك).</translation>
        </message>
        <message>
            <source>Labels for boxes</source>
            <translation>تسميات الإطارات</translation>
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
            <source>Add another answer</source>
            <translation>أضف إجابة أخرى</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>المهمة</translation>
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
            <source>The platform shows another number.</source>
            <translation>تعرض المنصة رقمًا آخر.</translation>
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
            <source>Score</source>
            <translation>الدرجة</translation>
        </message>
        <message>
            <source>your share of right answers lies %1</source>
            <translation>نسبة إجاباتك الصحيحة تقع %1</translation>
        </message>
        <message>
            <source>%1 checked</source>
            <translation>المفحوص: %1</translation>
        </message>
        <message>
            <source>%1 right</source>
            <translation>الصحيح: %1</translation>
        </message>
        <message>
            <source>%1 at the first try</source>
            <translation>من أول محاولة: %1</translation>
        </message>
        <message>
            <source>How it moved</source>
            <translation>كيف تغيّرت</translation>
        </message>
        <message>
            <source>A line shows here after the second checked answer.</source>
            <translation>يظهر هنا خط بعد ثاني إجابة مفحوصة.</translation>
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
            <source>Language</source>
            <translation>اللغة</translation>
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
            <source>I have seed words already</source>
            <translation>لديّ كلمات استرداد</translation>
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
            <source>I have written them down</source>
            <translation>لقد كتبتها</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>رجوع</translation>
        </message>
        <message>
            <source>Type the words back</source>
            <translation>أعد كتابة الكلمات</translation>
        </message>
        <message>
            <source>In their order, with one space between two words. This proves that your paper is right before there is money in the wallet.</source>
            <translation>بالترتيب، مع مسافة واحدة بين كل كلمتين. هذا يثبت أن ورقتك صحيحة قبل أن يدخل المال إلى المحفظة.</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>الكلمات الاثنتا عشرة</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>الأولى الثانية الثالثة …</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>قارن</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>ابدأ من جديد بكلمات جديدة</translation>
        </message>
        <message>
            <source>Bring your wallet back</source>
            <translation>استعد محفظتك</translation>
        </message>
        <message>
            <source>Type your twelve words in their order. Balance, open work and stakes come back from the platform and the chain.</source>
            <translation>اكتب كلماتك الاثنتي عشرة بالترتيب. يعود الرصيد والعمل المفتوح والضمانات من المنصة ومن سلسلة الكتل.</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>كلمات الاسترداد الخاصة بك</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>استعدها</translation>
        </message>
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
            <source>The same password again</source>
            <translation>كلمة السر نفسها مرة أخرى</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>احمِ بكلمة السر هذه</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>استعمل خزنة مفاتيح النظام بدلًا منها</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>افتح محفظتك</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>عملك وأرباحك محفوظة على هذا الحاسوب؛ وكلمة السر تفتحها.</translation>
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
            <source>Undo</source>
            <translation>تراجع</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>أعد</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>التعليمات</translation>
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
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>صحّحها وأنهها مرة أخرى؛ تعود إلى المراجعة من تلقاء نفسها.</translation>
        </message>
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
            <source>Finish and next</source>
            <translation>أنهِ وانتقل إلى التالية</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
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
        <message>
            <source>Give this task back?</source>
            <translation>هل تعيد هذه المهمة؟</translation>
        </message>
        <message>
            <source>Somebody else will get it. It costs you nothing and your stake comes back.</source>
            <translation>سيأخذها شخص آخر. لا يكلفك ذلك شيئًا ويعود إليك ضمانك.</translation>
        </message>
        <message>
            <source>What you have begun on it will be dropped.</source>
            <translation>سيُحذف ما بدأته فيها.</translation>
        </message>
        <message>
            <source>Give it back</source>
            <translation>أعدها</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>احتفظ بها</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>A box or outline does not fit</source>
            <translation>إطار أو حدّ لا يطابق الشيء</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>هناك عملية سحب في طريقها بالفعل.</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>تغيّر قرار في هذه الأثناء.</translation>
        </message>
        <message>
            <source>A file of this task is not there.</source>
            <translation>أحد ملفات هذه المهمة غير موجود.</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>وصلت صورة أو ملف لمهمة متغيرًا أو تالفًا.</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>الرفض يحتاج إلى سبب.</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>أُعيد فتح مهمة في هذه الأثناء.</translation>
        </message>
        <message>
            <source>A web page answered instead of the platform: the network wants you to log in.</source>
            <translation>أجابت صفحة ويب بدلًا من المنصة: الشبكة تطلب منك تسجيل الدخول.</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>مقبولة</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>كل الكلمات موجودة في القائمة، لكنها معًا ليست كلمات استرداد: إحداها خاطئة أو في غير مكانها.</translation>
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
            <source>Another movement</source>
            <translation>حركة أخرى</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>سبب آخر</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>تُفحص الإجابات حسب القاعدة «{name}».</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>حتى {time}</translation>
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
            <source>Asking for tasks…</source>
            <translation>جارٍ طلب مهام…</translation>
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
            <source>Bond</source>
            <translation>رصيد الضمان</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>استعد المحفظة من كلمات الاسترداد في ملف شخصي جديد.</translation>
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
            <source>Check the RPC addresses in Settings, or try again later.</source>
            <translation>تحقق من عناوين RPC في الإعدادات، أو حاول لاحقًا.</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>تحقق من عنوان عقدة سلسلة الكتل في الإعدادات ومن اتصالك؛ تُعاد المحاولة.</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>افحص القرص. إذا نقص شيء، فاحتفظ بذلك الملف.</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>اختر إجابة.</translation>
        </message>
        <message>
            <source>Choose another network file, or start the local network anew.</source>
            <translation>اختر ملف شبكة آخر، أو ابدأ الشبكة المحلية من جديد.</translation>
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
            <source>Choose what is wrong.</source>
            <translation>اختر ما الخطأ.</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>اسحب لاحقًا، عندما يتجمع أكثر.</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>سُحب إلى محفظتك</translation>
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
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>قارنها بما كتبته على الورق، كلمة كلمة، بالترتيب.</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>أكملها ثم أنهها مرة أخرى.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>مصحَّحة</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>لم تتم العملية؛ ولم يُؤخذ شيء</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>أنجز بعض المهام أولًا.</translation>
        </message>
        <message>
            <source>Earned in the last seven days: {amount} GEM</source>
            <translation>أرباح آخر سبعة أيام: {amount} GEM</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>أرباح الأيام الأخيرة ({n}): {amount} GEM</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>أدخل في الإعدادات عنوان عقدة من السلسلة الصحيحة.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>يفحص أشخاص آخرون كل إجابة. ضمانك البالغ {stake} GEM يعود مع الأجر عندما يوافقون؛ ويمكنك تصحيح الإجابة المرفوضة مرة واحدة.</translation>
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
            <source>Everything you did is saved.</source>
            <translation>كل ما فعلته محفوظ.</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>جارٍ التبادل مع المنصة</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>الرسم</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>رسم الناقل</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>جارٍ الجلب: {done} من {total}</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>منجزة، ولم تُختم بعد</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>من أول محاولة</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>وفّر بعض المساحة ثم حاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>Gems مفتوح بالفعل بهذا الملف الشخصي.</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>جارٍ التجهيز</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>أُعيدت</translation>
        </message>
        <message>
            <source>Go on working; Gems tries again by itself.</source>
            <translation>واصل العمل؛ سيحاول Gems مرة أخرى من تلقاء نفسه.</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>واصل؛ وإذا تكرر هذا، فأغلق التطبيق ثم افتحه مرة أخرى.</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>نصف المدفوعات يصل أسرع من ذلك؛ و95 من كل 100 تصل خلال {time}.</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>سُلّم إلى الناقل</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>في محفظتك</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>لا يمكن قراءتها أو فهمها</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>لا تتبع التعليمات</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>هي عند المنصة كما أرسلتها.</translation>
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
            <source>It was not touched.</source>
            <translation>لم تُمَسّ.</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>محفوظة في خزنة مفاتيح النظام</translation>
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
            <source>Make one, or bring one back from its words.</source>
            <translation>أنشئ محفظة، أو استعد واحدة من كلماتها.</translation>
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
            <source>Moved into your bond</source>
            <translation>نُقل إلى رصيد ضمانك</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>لم يصدر حكم في أي إجابة بعد، فلا يمكن قول شيء عن العدل.</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>لا عمل صدر فيه حكم بعد</translation>
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
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>لم يضع شيء؛ ما زال إنشاء المحفظة جاريًا.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>لا شيء ينتظر الإرسال</translation>
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
            <source>Nothing was changed.</source>
            <translation>لم يتغير شيء.</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>لم يتغير شيء. محفظتك ما زالت محفوظة على هذا الحاسوب.</translation>
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
            <source>Nothing was signed.</source>
            <translation>لم يُوقَّع شيء.</translation>
        </message>
        <message>
            <source>Nothing was stored or signed; your work and your money are untouched.</source>
            <translation>لم يُحفظ شيء ولم يُوقَّع؛ عملك ومالك لم يُمسّا.</translation>
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
            <source>Offline: go on working, it is sent later</source>
            <translation>غير متصل: واصل العمل، ويُرسل لاحقًا</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>على سلسلة الكتل، في انتظار التأكيدات</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>متصل</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, then try again.</source>
            <translation>افتح متصفحًا، وسجّل الدخول إلى الشبكة، ثم حاول مرة أخرى.</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>جارٍ فتح ملفك الشخصي</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>دُفع أجرها إلى قناتك</translation>
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
            <source>Preparing the campaign: {what}</source>
            <translation>جارٍ تحضير الحملة: {what}</translation>
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
            <source>Rejected</source>
            <translation>مرفوضة</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>احذف شيئًا أولًا.</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>المراجعة رقم {n}</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>صحيحة</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>اختم مرة أخرى.</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>مختومة وتنتظر الإرسال</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>أرسل مهام أقل في كل مرة.</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>جارٍ الإرسال: {done} من {total}</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>حدث خطأ ما في هذا التطبيق.</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>هناك شيء فات</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>الضمان</translation>
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
            <source>Start the newer version, or choose another profile.</source>
            <translation>شغّل الإصدار الأحدث، أو اختر ملفًا شخصيًا آخر.</translation>
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
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>اختر {n} أحرف على الأقل؛ بضع كلمات متتالية يسهل تذكرها.</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>استرجعها أولًا، إن كان ذلك ممكنًا.</translation>
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
            <source>That password does not open this wallet.</source>
            <translation>كلمة السر هذه لا تفتح هذه المحفظة.</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>تعرض صفحة الثقة كم بقي.</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>تغيّر المبلغ.</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>الإجابة غير كاملة</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>حُفظ مقدار رصيد الضمان.</translation>
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
            <source>The chain cannot be reached, or an RPC address belongs to another chain.</source>
            <translation>لا يمكن الوصول إلى سلسلة الكتل، أو أن أحد عناوين RPC لسلسلة أخرى.</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>لم تقبل عقدة سلسلة الكتل المعاملة: {what}</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>لم تُحفظ القناة.</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>لم يُقبل السحب.</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>قاعدة بيانات هذا الملف الشخصي كانت تالفة.</translation>
        </message>
        <message>
            <source>The description of the network cannot be used: {what}</source>
            <translation>لا يمكن استعمال وصف الشبكة: {what}</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>القرص ممتلئ، فلم يمكن حفظ هذا.</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>الملف الذي يحوي محفظتك تالف.</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>لا يمكن قراءة ملفات هذا الملف الشخصي أو كتابتها.</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>التسمية خاطئة</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>لم تبدأ شبكة التدريب المحلية.</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>لم يُتحقق من المال على سلسلة الكتل بعد.</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>تحقق هذا الحاسوب من المال على سلسلة الكتل.</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>توقف الجزء الذي يحفظ مفاتيحك في Gems.</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>كلمة السر قصيرة جدًا.</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>لا يمكن الوصول إلى المنصة.</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>لا تستطيع المنصة الوصول إلى سلسلة الكتل.</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>لم تستطع المنصة قراءة ما أُرسل.</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>لم تقبل المنصة تسجيل الدخول.</translation>
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
            <source>The platform has signed for it</source>
            <translation>وقّعت المنصة على استلامها</translation>
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
            <source>The platform refused this.</source>
            <translation>رفضت المنصة هذا.</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>تقول المنصة {theirs}؛ والنتائج الموقّعة تعطي {ours}.</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>تطلب المنصة أن تسجّل الدخول مرة أخرى.</translation>
        </message>
        <message>
            <source>The platform's answer was refused: {what}</source>
            <translation>رُفض جواب المنصة: {what}</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>تغيّرت الدرجة من {first} إلى {last}.</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>لم يُقبل الضمان.</translation>
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
            <source>The two passwords differ.</source>
            <translation>كلمتا السر مختلفتان.</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>المحفظة مقفلة.</translation>
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
            <source>There is no wallet here yet.</source>
            <translation>لا توجد محفظة هنا بعد.</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>لا يوجد عمل من هذا النوع الآن.</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>لا يوجد بعد ما يستحق سحبه دفع رسم الناقل.</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>هذه ليست كلمات محفظتك الجديدة.</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>هذه المواضع ليس فيها كلمة من القائمة: {what}</translation>
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
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>لا توجد على هذا الحاسوب خزنة مفاتيح آمنة، أو أنها مغلقة.</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>هذا ليس مبلغًا بعملة GEM.</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>في هذا الملف الشخصي محفظة بالفعل.</translation>
        </message>
        <message>
            <source>This profile was used by a newer version of Gems.</source>
            <translation>استُعمل هذا الملف الشخصي مع إصدار أحدث من Gems.</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>لم تعد هذه المراجعة مفتوحة.</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>لم يعد ممكنًا إعادة هذه المهمة.</translation>
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
            <source>This was already done differently.</source>
            <translation>سبق أن تم هذا بشكل مختلف.</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>لم يُوقَّع هذا: {what}</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>لم يُؤخذ هذا العمل: {what}</translation>
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
            <source>Try again in a minute.</source>
            <translation>حاول مرة أخرى بعد دقيقة.</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>حاول مرة أخرى لاحقًا.</translation>
        </message>
        <message>
            <source>Try again later. If it happens again, tell the platform's operator.</source>
            <translation>حاول مرة أخرى لاحقًا. إذا تكرر هذا، فأخبر مشغّل المنصة.</translation>
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
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>اكتبها مرة أخرى؛ تحقق من مفتاح Caps Lock ومن لغة لوحة المفاتيح. كلمات الاسترداد تعيدها أيضًا.</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>اكتب الكلمة نفسها مرتين.</translation>
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
            <source>Update Gems, then try again.</source>
            <translation>حدّث Gems، ثم حاول مرة أخرى.</translation>
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
            <source>Use the window that is already open, or close it first.</source>
            <translation>استعمل النافذة المفتوحة بالفعل، أو أغلقها أولًا.</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>انتظر لحظة؛ سيحاول Gems مرة أخرى.</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>انتظر حتى تصل.</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>المحفظة</translation>
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
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>اكتب أرقامًا بما لا يزيد على 18 منزلة عشرية، مثل 0.25.</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>اكتب إجابتك.</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>مسجّل، ولم يُرسل بعد</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>خاطئة</translation>
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
            <source>Your account has stored as much as it may.</source>
            <translation>بلغ حسابك الحد الأقصى لما يمكنه حفظه.</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>إجاباتك ومالك محفوظة ولم تُمَسّ.</translation>
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
            <source>Your money is on the chain; nothing was sent.</source>
            <translation>مالك على سلسلة الكتل؛ ولم يُرسل شيء.</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>لم يُمَسّ ملفك الشخصي.</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>درجة ثقتك لا تسمح بالمراجعة بعد.</translation>
        </message>
        <message>
            <source>Your wallet and your work are untouched.</source>
            <translation>محفظتك وعملك لم يُمسّا.</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>محفظتك محفوظة وعملك لم يُمَسّ.</translation>
        </message>
        <message>
            <source>Your work is stored on this computer and will be sent later.</source>
            <translation>عملك محفوظ على هذا الحاسوب وسيُرسل لاحقًا.</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>عملك محفوظ.</translation>
        </message>
        <message>
            <source>Your work on this computer is untouched.</source>
            <translation>عملك على هذا الحاسوب لم يُمَسّ.</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>عليك إنجازها</translation>
        </message>
        <message>
            <source>a batch holds the same assignment twice.</source>
            <translation>دفعة فيها التكليف نفسه مرتين.</translation>
        </message>
        <message>
            <source>a batch is malformed.</source>
            <translation>دفعة غير سليمة الشكل.</translation>
        </message>
        <message>
            <source>a batch's root or stake is not that of its assignments.</source>
            <translation>جذر الدفعة أو ضمانها لا يطابق تكليفاتها.</translation>
        </message>
        <message>
            <source>a campaign does not belong to this network.</source>
            <translation>حملة لا تنتمي إلى هذه الشبكة.</translation>
        </message>
        <message>
            <source>a campaign is not signed by its requester, or malformed.</source>
            <translation>حملة لم يوقّعها صاحبها، أو غير سليمة الشكل.</translation>
        </message>
        <message>
            <source>a campaign lacks some of its parts.</source>
            <translation>حملة تنقصها بعض أجزائها.</translation>
        </message>
        <message>
            <source>a channel could be closed too quickly.</source>
            <translation>قناة يمكن إغلاقها بسرعة زائدة.</translation>
        </message>
        <message>
            <source>a channel is not between this platform and you.</source>
            <translation>قناة ليست بين هذه المنصة وبينك.</translation>
        </message>
        <message>
            <source>a channel's description is malformed.</source>
            <translation>وصف قناة غير سليم الشكل.</translation>
        </message>
        <message>
            <source>a claim goes to your own address only.</source>
            <translation>السحب لا يذهب إلا إلى عنوانك.</translation>
        </message>
        <message>
            <source>a lease ended that is not yours.</source>
            <translation>انتهى حجز ليس لك.</translation>
        </message>
        <message>
            <source>a quote is not from this network's relayer.</source>
            <translation>عرض رسم ليس من ناقل هذه الشبكة.</translation>
        </message>
        <message>
            <source>a receipt is for another batch.</source>
            <translation>إيصال لدفعة أخرى.</translation>
        </message>
        <message>
            <source>a receipt is not signed by the platform.</source>
            <translation>إيصال لم توقّعه المنصة.</translation>
        </message>
        <message>
            <source>a relayer's quote is malformed.</source>
            <translation>عرض رسم من الناقل غير سليم الشكل.</translation>
        </message>
        <message>
            <source>a report is about somebody else.</source>
            <translation>تقرير عن شخص آخر.</translation>
        </message>
        <message>
            <source>a requester report is malformed.</source>
            <translation>تقرير صاحب عمل غير سليم الشكل.</translation>
        </message>
        <message>
            <source>a review assignment is for somebody else or an unknown campaign.</source>
            <translation>تكليف مراجعة لشخص آخر أو لحملة غير معروفة.</translation>
        </message>
        <message>
            <source>a review assignment is not signed by the platform.</source>
            <translation>تكليف مراجعة لم توقّعه المنصة.</translation>
        </message>
        <message>
            <source>a review is due at a time that no calendar has.</source>
            <translation>موعد مراجعة في وقت لا وجود له في أي تقويم.</translation>
        </message>
        <message>
            <source>a second try is for another task.</source>
            <translation>محاولة ثانية لمهمة أخرى.</translation>
        </message>
        <message>
            <source>a second try is malformed.</source>
            <translation>محاولة ثانية غير سليمة الشكل.</translation>
        </message>
        <message>
            <source>a second try is not a later one.</source>
            <translation>محاولة ثانية ليست لاحقة.</translation>
        </message>
        <message>
            <source>a task is due at a time that no calendar has.</source>
            <translation>موعد مهمة في وقت لا وجود له في أي تقويم.</translation>
        </message>
        <message>
            <source>a task is not one that the requester put into the campaign.</source>
            <translation>مهمة لم يضعها صاحب العمل في الحملة.</translation>
        </message>
        <message>
            <source>a task or its proof is malformed.</source>
            <translation>مهمة أو إثباتها غير سليم الشكل.</translation>
        </message>
        <message>
            <source>a task's list of files is malformed.</source>
            <translation>قائمة ملفات مهمة غير سليمة الشكل.</translation>
        </message>
        <message>
            <source>a verdict does not count your vote as you cast it.</source>
            <translation>حكم لا يحسب صوتك كما أعطيته.</translation>
        </message>
        <message>
            <source>a verdict is about work that is not yours.</source>
            <translation>حكم عن عمل ليس لك.</translation>
        </message>
        <message>
            <source>a verdict is not the one that its votes give.</source>
            <translation>حكم لا يطابق أصواته.</translation>
        </message>
        <message>
            <source>a verdict's evidence is about another answer.</source>
            <translation>أدلة حكم عن إجابة أخرى.</translation>
        </message>
        <message>
            <source>a verdict's evidence is about another assignment.</source>
            <translation>أدلة حكم عن تكليف آخر.</translation>
        </message>
        <message>
            <source>a verdict's evidence is about another task.</source>
            <translation>أدلة حكم عن مهمة أخرى.</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>نحو {time}</translation>
        </message>
        <message>
            <source>an answer to review is not the one that was submitted.</source>
            <translation>إجابة للمراجعة ليست هي التي أُرسلت.</translation>
        </message>
        <message>
            <source>an assignment is for somebody else or another campaign.</source>
            <translation>تكليف لشخص آخر أو لحملة أخرى.</translation>
        </message>
        <message>
            <source>an assignment is not signed by the platform.</source>
            <translation>تكليف لم توقّعه المنصة.</translation>
        </message>
        <message>
            <source>an event is malformed or out of order.</source>
            <translation>حدث غير سليم الشكل أو في غير ترتيبه.</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>كما يتوقع صاحب العمل</translation>
        </message>
        <message>
            <source>between {lower} and {upper}</source>
            <translation>بين {lower} و {upper}</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>كل إجابة تُفحص</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>يطلب ضمانًا ولا توجد قناة دفع بعد.</translation>
        </message>
        <message>
            <source>it is an error without a reason.</source>
            <translation>هو خطأ بلا سبب.</translation>
        </message>
        <message>
            <source>it is an old answer given again.</source>
            <translation>هو جواب قديم أُعيد إرساله.</translation>
        </message>
        <message>
            <source>it is larger than any answer may be.</source>
            <translation>هو أكبر مما يُسمح لأي جواب.</translation>
        </message>
        <message>
            <source>it is not among the things that this wallet signs.</source>
            <translation>ليس من الأشياء التي توقّعها هذه المحفظة.</translation>
        </message>
        <message>
            <source>it is not an object, as every answer is.</source>
            <translation>ليس كائنًا، وكل جواب يجب أن يكون كذلك.</translation>
        </message>
        <message>
            <source>it is not signed by the platform of this network.</source>
            <translation>لم توقّعه منصة هذه الشبكة.</translation>
        </message>
        <message>
            <source>it is not signed.</source>
            <translation>ليس موقّعًا.</translation>
        </message>
        <message>
            <source>it is not the JSON that it must be.</source>
            <translation>ليس بصيغة JSON المطلوبة.</translation>
        </message>
        <message>
            <source>it lacks some of its parts.</source>
            <translation>تنقصه بعض أجزائه.</translation>
        </message>
        <message>
            <source>it says a delivered task ran out of time, and has signed for it.</source>
            <translation>يقول إن مهمة مسلَّمة انتهى وقتها، مع أن المنصة وقّعت على استلامها.</translation>
        </message>
        <message>
            <source>it says a task ran out of time before its time was over.</source>
            <translation>يقول إن مهمة انتهى وقتها قبل أن ينتهي فعلًا.</translation>
        </message>
        <message>
            <source>it sent a whole file where its end was asked for.</source>
            <translation>أرسلت ملفًا كاملًا والمطلوب آخره فقط.</translation>
        </message>
        <message>
            <source>it signed in somebody else.</source>
            <translation>سجّلت دخول شخص آخر.</translation>
        </message>
        <message>
            <source>it wants a sign-in text for somebody else.</source>
            <translation>تطلب نص تسجيل دخول لشخص آخر.</translation>
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
            <source>measured</source>
            <translation>مقيس</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>مقيس على عمل دُفع أجره</translation>
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
            <source>nothing</source>
            <translation>لا شيء</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>لا ضمان محجوز</translation>
        </message>
        <message>
            <source>the list of events is malformed.</source>
            <translation>قائمة الأحداث غير سليمة الشكل.</translation>
        </message>
        <message>
            <source>the new wallet is not stored yet; locking would lose it.</source>
            <translation>المحفظة الجديدة لم تُحفظ بعد؛ والقفل يضيّعها.</translation>
        </message>
        <message>
            <source>the nonce of the sign-in is malformed.</source>
            <translation>رمز تسجيل الدخول غير سليم الشكل.</translation>
        </message>
        <message>
            <source>the password is empty.</source>
            <translation>كلمة السر فارغة.</translation>
        </message>
        <message>
            <source>the relayer answered about another claim.</source>
            <translation>أجاب الناقل عن عملية سحب أخرى.</translation>
        </message>
        <message>
            <source>the relayer asks for too much.</source>
            <translation>يطلب الناقل أكثر مما ينبغي.</translation>
        </message>
        <message>
            <source>the relayer's answer is malformed.</source>
            <translation>جواب الناقل غير سليم الشكل.</translation>
        </message>
        <message>
            <source>the request does not have exactly its fields.</source>
            <translation>حقول الطلب ليست كما يجب تمامًا.</translation>
        </message>
        <message>
            <source>the sign-in would last too long.</source>
            <translation>مدة تسجيل الدخول أطول مما ينبغي.</translation>
        </message>
        <message>
            <source>the times of the sign-in are malformed.</source>
            <translation>أوقات تسجيل الدخول غير سليمة الشكل.</translation>
        </message>
        <message>
            <source>this relayer is not the one of your network.</source>
            <translation>هذا الناقل ليس ناقل شبكتك.</translation>
        </message>
        <message>
            <source>this way of storing a wallet is unknown.</source>
            <translation>هذه الطريقة لحفظ محفظة غير معروفة.</translation>
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
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>لا يوجد في قناة دفعك إيداع مؤكد بعد.</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>قناة دفعك قيد الإغلاق.</translation>
        </message>
        <message>
            <source>{n} KB</source>
            <translation>{n} ك.ب</translation>
        </message>
        <message>
            <source>{n} MB</source>
            <translation>{n} م.ب</translation>
        </message>
        <message>
            <source>{n} answers wait to be sent</source>
            <translation>إجابات تنتظر الإرسال: {n}</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>{n} يوم</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} س</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>محفوظ على هذا الحاسوب حتى يوجد اتصال: {n}</translation>
        </message>
        <message>
            <source>{n} lines written to {path}</source>
            <translation>عدد الأسطر المكتوبة: {n}، في الملف {path}</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} د</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{n} من {total}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>المفتوح {n}</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} ث</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>المهام الباقية في هذه الدفعة: {n}</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>{share} من الإجابات مرفوضة</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>{share} من الإجابات مرفوضة، ويُدفع خلال {time}</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>{share} من الأجر</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>رُفض {share} من الإجابات التي صدر فيها حكم ({n}).</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>{size} لكل مهمة</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>{size} للتنزيل</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>{size} اليوم</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>{stake} GEM ضمان</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>{time} لكل مهمة</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>بقي {time}</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>للإرسال: {unsent}، في انتظار الحكم: {waiting}</translation>
        </message>
        <message>
            <source>{won} of {n} appeals were won by the worker.</source>
            <translation>اعتراضات كسبها العامل: {won} من {n}.</translation>
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
</TS>
