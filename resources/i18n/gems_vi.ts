<TS version="2.1" language="vi" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>Báo vấn đề</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>Người điều hành nền tảng sẽ đọc. Người giao việc không biết ai đã báo.</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>Gửi báo cáo</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Đóng</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Hủy</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>Sai ở đâu?</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>Chuyện gì đã xảy ra, viết một hai câu</translation>
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
            <translation>Tiếp theo sẽ thế nào</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>Đến lượt ai</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>Sửa lại thay vì khiếu nại</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>Sửa lại</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Đưa lên hợp đồng…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Cứ để vậy</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>Chuyện gì đã xảy ra với câu trả lời của bạn</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Về hộp gửi</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>Tiếp theo sẽ thế nào</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>Đã viết</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Đã gửi</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>Đang được xét lại</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>Đã xét lại</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>Thắng</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Thua</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>Không được nhận</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>Đã quyết định</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>Khiếu nại</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>Khiếu nại nghĩa là gì</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>Ai quyết định</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>Hạn khiếu nại</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>Có quyết định chậm nhất</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>Tiền cọc bạn bỏ ra (còn trống %1 GEM)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>Tiền cọc bạn bỏ ra</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>Nếu thua, bạn mất</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>Nếu thắng, bạn được</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>Vì sao câu trả lời của bạn đúng</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>Nó đúng ở chỗ nào, viết một hai câu</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>Lời này được ký cùng khiếu nại và gửi đi khi có mạng. %1/%2 ký tự.</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>Khiếu nại và bỏ lượt làm lại</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>Ký khiếu nại</translation>
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
            <translation>Thông báo</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>Thông báo, mới: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>Hoàn tác</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Làm lại</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Hướng dẫn</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Phím tắt</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>Hoàn tác bước cuối</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Tạm đủ rồi</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Lưu lại lần nữa</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>Trả lời như vậy</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Bỏ qua</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Thu phóng</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Hiện toàn bộ hình</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Xóa phần đang chọn</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>Một số đợt việc cần tiền cọc. Hãy để lại đây một phần tiền công cho đến khi quỹ cọc đủ mức này; bạn không bao giờ phải mua gì.</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>Không mất gì và tính từ lần trả tiền tới của bạn. Những gì bạn đang có không bị chuyển đi, và phần còn trống trong quỹ cọc bạn có thể lấy ra lại.</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>Giữ trong quỹ cọc</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>0 là không giữ gì; bạn vẫn làm được các đợt việc không cần cọc.</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>Giữ trong quỹ cọc, tính bằng GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Giữ</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>Đang trống trong quỹ cọc</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>Chuyển sang phần tiêu được…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>Chuyển ra khỏi quỹ cọc?</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>Tiền sẽ rút được ngay. Bạn và nền tảng cùng ký; không có gì xảy ra trên chuỗi khối và không tốn phí.</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>Tiền được chuyển từng bước, mỗi bước bằng tiền công một việc, nhiều nhất 1 GEM. Nếu nền tảng không trả lời, bạn chỉ có thể mất một bước.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Chuyển</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Số tiền</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>Còn trống trong quỹ cọc: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>Số tiền chuyển ra khỏi quỹ cọc, tính bằng GEM</translation>
        </message>
    </context>
    <context>
        <name>CampaignFilter</name>
        <message>
            <source>Filter</source>
            <translation>Bộ lọc</translation>
        </message>
        <message>
            <source>Kind of task</source>
            <translation>Loại việc</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>Ngôn ngữ của việc</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Dung lượng tải cho một việc</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>Ít nhất chừng này GEM mỗi giờ</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>GEM mỗi giờ trở lên</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>Không cần cọc</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>Quỹ cọc của tôi đủ</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>Không cần tập làm</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>Chỉ nơi đang theo dõi</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>Nơi đang theo dõi trước</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Hiện tất cả</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Xong</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>Tìm đợt việc (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Xếp theo</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>Công cao nhất</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Tiền công</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>Ngắn nhất</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>Cọc thấp nhất</translation>
        </message>
        <message>
            <source>Filter: %1</source>
            <translation>Bộ lọc: %1</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Bộ lọc</translation>
        </message>
        <message>
            <source>Rows or cards</source>
            <translation>Dòng hoặc thẻ</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Dòng</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>Thẻ</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>Các đợt việc</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>Đừng báo tôi khi có việc mới nữa</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Báo tôi khi có việc mới</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Chặn người giao việc này</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Ẩn đợt việc này</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Báo vấn đề</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>Đóng đợt việc này</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>Người giao việc %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Báo cáo về người giao việc</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>Bạn có thể bỏ việc như vậy bất cứ lúc nào, không mất gì.</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>Tiền công</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>Bạn có thể mất gì</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>Câu trả lời được kiểm tra thế nào</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>Thời gian và dữ liệu</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Người giao việc</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>Tập làm lại</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Giới thiệu</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Hướng dẫn</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Chặn người giao việc này</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Ẩn đợt việc này</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>Nhắn người giao việc</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Báo vấn đề</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>Làm các ví dụ</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>Số việc muốn nhận</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>Nhận %n việc</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>%1 GEM một việc</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>Đang theo dõi</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Tập làm</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>Cảnh báo nội dung</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/giờ</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>cọc %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>không cần cọc</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Thêm cho %1</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>Ứng dụng gặp lỗi</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>Lần trước Gems tự tắt</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>Báo cáo cho người giúp bạn</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>Câu trả lời và tiền của bạn đã được lưu, không bị đụng tới. Bạn cứ làm tiếp.</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>Báo cáo chỉ ghi phiên bản và các chỗ trong chương trình: không có câu trả lời, địa chỉ, tên hay số tiền. Nó không được gửi cho ai; bạn có thể lưu thành tệp và đưa cho người mình tin.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Đóng</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>Lưu báo cáo</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>Ẩn nội dung</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>Xem nội dung</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>Báo cáo</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>Đang xử lý…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>Không có mạng</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>Việc của bạn đi bằng USB. Người mang nó không đọc được và cũng không sửa được.</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Về hộp gửi</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Ở đâu</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Thư mục</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Xem lại</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>Việc của bạn</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>Số tệp chưa có hồi đáp: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>Những gì đã vào tệp thì không rút lại được nữa. Nếu có mạng trước, nó được gửi như thường; không gì bị tính hai lần.</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>Ghi tệp</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>Trong thư mục này</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>Thư mục này không có tệp mang đi hay hồi đáp nào.</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>Khi có mạng, bạn có thể gửi tệp của người khác: hồi đáp được ghi ngay bên cạnh.</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>Đọc hồi đáp này</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>Gửi tệp này</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>Đưa lên hợp đồng</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Về hộp gửi</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>Bạn được trả, nhiều nhất</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>Đưa lên trước</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>Hợp đồng chờ phản đối</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>Đã lưu thành tệp</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>Cách làm</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. Bạn lưu một tệp gồm những gì đã ký về việc này. Câu trả lời của bạn không có trong đó, chỉ có mã nhận dạng của nó, và không có bí mật nào của bạn.</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. Ai có một ít đồng phí mạng đều đưa được tệp lên hợp đồng: người giữ trạm canh, một người bạn, hay chính bạn. Họ chỉ cần tệp này và không sửa được gì trong đó.</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. Hợp đồng chờ phản đối, sau đó ai cũng có thể cho nó trả tiền. Tiền vào ví của bạn, dù ai đưa bộ bằng chứng lên.</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>Lưu thì bạn không mất gì; ai đưa lên thì trả đồng phí mạng. Nếu hợp đồng quyết định khác, nó không trả gì, và bạn không bị lấy thêm gì.</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>Trên chuỗi khối, ai cũng thấy địa chỉ ví của bạn, số của việc, tiền công và kết quả xét. Nếu rốt cuộc nền tảng trả tiền cho bạn, Gems ký xác nhận, và hợp đồng không trả ai hai lần.</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>Lưu bộ bằng chứng</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>Lưu lại lần nữa</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>Xem lại chuỗi khối</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>Dạng hình</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>Dạng bảng</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>Rút về ví của bạn?</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>Bạn ký một lệnh rút mà chỉ bên chuyển hộ này dùng được, với phí nhiều nhất là mức này.</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>Ký và rút</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Từ kênh của bạn</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Phí chuyển hộ</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Bạn nhận được</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Bên chuyển hộ</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>Dùng được đến</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>Thường mất vài phút. Nếu đến lúc đó chưa thực hiện xong, tiền công vẫn ở trong kênh của bạn và bạn có thể rút lại.</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>Phí %1 GEM · giao dịch %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>Phí %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>Tiếp tục</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Hủy</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>Gems: ví của bạn hỏi</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>Hãy từ chối nếu bạn không yêu cầu việc này. Nếu bạn không trả lời, cửa sổ này tự đóng, không ký và không đổi gì cả.</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>Không, đừng làm gì</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>Cuộn xuống cuối mới đồng ý được.</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>còn %n ngày</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>còn %n giờ</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>còn %n phút</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>còn %n giây</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>Hết giờ</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>Đến khi đóng xong:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>Cho lần rút đang đi:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>Mọi thay đổi</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Tất cả</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Tiền công</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>Tiền cọc</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>Rút và gửi</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>Những thay đổi nào được hiện và xuất ra</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Tuần này</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Tháng này</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Tất cả</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>Khoảng thời gian có thay đổi được hiện và xuất ra</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>Xuất CSV</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>Bấm vào một dòng để xem vì sao có số tiền này.</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>Chưa có gì thay đổi. Tiền công, tiền cọc và các lần rút sẽ hiện ở đây.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Khi nào</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Việc gì</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Đợt việc</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>Túi tiền</translation>
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
            <translation>Nhận GEM</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>Ai cũng có thể xem địa chỉ này và gửi GEM vào. Không ai lấy được gì nhờ nó.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Đóng</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>Địa chỉ của bạn dạng mã QR</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>Chép trong một phút</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>Thu nhập</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>Chỉ tính những gì máy này đã kiểm tra.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>Bên chuyển hộ đưa tiền về ví cho bạn với một khoản phí nhỏ bằng GEM. Bạn không cần đồng phí mạng; phí được cho xem trước.</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>Lúc này chưa rút được gì. Việc được chấp nhận sẽ trả vào kênh của bạn và hiện ở đây.</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>Đang rút</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>Rút về ví của tôi</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>Nhận</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Gửi</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Kiếm được hôm nay</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>Bảy ngày</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>Tổng cộng</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>Các lần rút</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Đã gửi</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Thu nhập từng ngày</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Ngày</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Tiền công đầu tiên của bạn sẽ hiện ở đây, theo từng ngày.</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>Quỹ cọc, bản sao phiếu trả tiền, tự động rút…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>Gửi GEM</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>Gửi khoản này?</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>Bên chuyển hộ đưa tiền đi với một khoản phí nhỏ bằng GEM. Đã gửi thì không lấy lại được.</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>Hãy so cả địa chỉ, từng nhóm một. Đã gửi thì không lấy lại được.</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>Ký và gửi</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Từ</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Ví</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Kênh</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>Sổ địa chỉ</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Chọn…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Đến</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>Địa chỉ này chưa đủ hoặc chưa đúng.</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>Địa chỉ nhận</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Số tiền</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>Trong ví của bạn: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>Số tiền bằng GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>Toàn bộ số rút được đi thẳng đến đó: %1 GEM.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Tiếp tục</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>Trong sổ địa chỉ của bạn</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Từ kênh của bạn</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>Từ ví của bạn</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Phí chuyển hộ</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>Đến nơi</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>Thực hiện được đến</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>Thường mất vài phút. Nếu đến lúc đó chưa thực hiện xong, chưa có gì bị chuyển đi.</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>Ngày</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Người giao việc</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Loại</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>Việc đã trả công</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Tiền công</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>Tiền cọc và quỹ cọc</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Ví</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>Thay đổi</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>Tổng</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>Tổng theo</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>Theo ngày</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>Theo người giao việc</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>Theo loại</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>Tổng của</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Tuần này</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Tháng này</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Tất cả</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>Trong khoảng này không có thay đổi gì. Hãy chọn khoảng dài hơn ở trên.</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>Ngày tính theo giờ UTC. Tiền về ví trước đó đã là tiền công hoặc quỹ cọc, nên không tính là kiếm được lần nữa.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>Tiền công mỗi giờ</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>Với việc được trả tiền</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>Tính cả giờ không công</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>Tiền công mỗi giờ theo ngày</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Ngày</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Giờ</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>Hãy làm vài việc: khi được trả tiền, bạn sẽ thấy ở đây một giờ được bao nhiêu.</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>Giờ không công là lúc tìm việc, đọc, tập làm, và việc bị từ chối hoặc chưa được trả. Nó được tính trên máy này, chỉ khi bạn dùng cửa sổ, và chỉ lưu ở đây.</translation>
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
            <translation>GEM của bạn đang ở đâu</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>Xem ít hơn</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>Xem thêm</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>Phiếu trả tiền là chữ ký của nền tảng cho mọi khoản nó nợ bạn. Có phiếu, chuỗi khối sẽ trả cho bạn dù nền tảng không muốn.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>Đóng</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>Trên chuỗi khối: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>Mở việc này</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>Đóng thông báo này</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>“%1” là gì?</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>Xem thêm trong Trợ giúp</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>Đang hỏi…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Làm mới</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>Bạn đang không có mạng.</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>Đây là các đợt việc biết được lần cuối. Việc đã nhận vẫn làm được khi không có mạng.</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>Có mạng là nhận được việc mới.</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>Chưa có đợt việc nào</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>Máy này chưa thấy đợt việc nào khi có mạng. Hãy nối mạng một lần để tải về.</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>Người giao việc có thể thêm đợt việc bất cứ lúc nào. Lát nữa xem lại nhé.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Xem lại</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>Không có đợt việc nào hợp bộ lọc của bạn</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>Không có đợt việc nào có những từ này</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Hiện tất cả</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>Những bước đầu tiên của bạn</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>Tất cả các trang</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>Hình: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>Trang trước: %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>Trang sau: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>Tìm thấy</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Không tìm thấy gì</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>Hãy thử một từ ngắn, ví dụ “tiền công”, hoặc xem tất cả các trang.</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Tất cả các trang</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>Trợ giúp</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>Tìm trong trợ giúp (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Tất cả các trang</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Đóng</translation>
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
            <translation>Trang chính</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>Bắt đầu với ba ví dụ</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>Câu trả lời của bạn đã sẵn sàng để gửi</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Nhận những việc đầu tiên</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Chưa có việc nào ở đây</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>Không có gì đang chờ bạn</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>Chỉ mất một phút, không có tiền công và không mất gì.</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>Niêm phong là ký tên; chúng được gửi đi ngay khi có mạng.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>Hãy nhận một lô việc; khi đã tải về, bạn làm được mà không cần mạng.</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>Trả về để sửa</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>Tập làm</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Tiếp tục</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Kiếm được hôm nay</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>%1 trong bảy ngày</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>Có kênh chứng minh</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>Chờ gửi</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>Những ngày qua</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Thu nhập từng ngày</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Ngày</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Tiền công đầu tiên của bạn sẽ hiện ở đây, theo từng ngày.</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>Uy tín của bạn</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Bạn được duyệt bài</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>Xem bằng chứng</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>Xem trong hộp gửi</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>Hình</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Không hiện được hình này.</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>Phím tắt</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>Bấm phím muốn gán. Escape giữ nguyên như cũ.</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>Enter đổi phím của lựa chọn, Delete trả lại phím thường dùng.</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>Các lựa chọn và phím của chúng</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Xong</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>Trả lại mọi phím như cũ</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>bấm phím mới</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>phím %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>không có phím</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>Ngôn ngữ</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>Đang tải…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>Trang chính</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Làm việc</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Duyệt</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Hộp gửi</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Thu nhập</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Tin cậy</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Cài đặt</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Trợ giúp</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
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
            <translation>Các trang</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>Mạng tập làm</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>Thông báo</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>Cài đặt thông báo</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Đóng</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>Chưa có thông báo nào</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>Việc mới, kết luận, hạn chót và tiền công được báo ở đây.</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>Đánh dấu tất cả là đã đọc</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>Mới</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>Hiện</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>Tất cả %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>Cần gửi %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>Đang chờ %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>Bị từ chối %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>Được chấp nhận %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>Tìm theo đợt việc (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>Tìm theo đợt việc</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>Nhắn người giao việc</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Báo vấn đề</translation>
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
            <translation>Sửa lại</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>Khiếu nại…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>Khiếu nại của bạn</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Chuyện gì đã xảy ra</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Đưa lên hợp đồng…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Lấy lại</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>Tin nhắn mới</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Thêm cho %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Đã đánh dấu trong việc: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Cứ để vậy</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>Hộp gửi</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>Không có mạng…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Đang gửi…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>Gửi ngay</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>Chỉ hiện những mục mới nhất. Muốn tìm mục cũ hơn, hãy tìm theo đợt việc.</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>Chưa làm gì</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>Việc và bài duyệt đã xong chờ ở đây đến khi được gửi, và ở lại đến khi được trả tiền.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>Không có gì ở đây</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>Lúc này không có việc nào ở trạng thái này.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Hiện tất cả</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>đã làm</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>đã niêm phong</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>đã gửi</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>đã xét</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>đã trả tiền</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>Chưa xong</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>Bước %1 trên 5: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>Hiện chữ đã gõ</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>Ẩn chữ đã gõ</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>Bị từ chối</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Khiếu nại</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>Người khác xét lại</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Được chấp nhận</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>Rút</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Phí</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Bạn nhận được</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>Biển báo đường phố</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/giờ</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>không cần cọc</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>Nhận việc</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>Tiếp tục</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Kiếm được hôm nay</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>Hãy gửi trong hôm nay</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>Máy này</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>USB</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>Máy có mạng</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>Biển báo đường phố</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Đang chờ gửi</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Bị từ chối</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Đã trả tiền</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>Câu trả lời bị từ chối</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Thời gian trả tiền</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Đang có sẵn tiền</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>Đánh giá của bạn</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>Xanh dương</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Chấp nhận</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Từ chối</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>Không làm theo hướng dẫn</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>Đọc</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Việc và dữ liệu</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Mười hai từ trên giấy</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>Giữ an toàn</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>Giới hạn của ví</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>Hạng %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Bạn được duyệt bài</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>Tìm phiên bản mới</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Tải về</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>Chạy từ lần mở sau</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>Có chữ ký của nhóm làm ra Gems</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>Ngôn ngữ</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>Ví mới</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Mười hai từ trên giấy</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>Không ảnh, không tin nhắn</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>Xe màu gì?</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Đỏ</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Xanh dương</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Thời gian còn lại</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>Trình phát</translation>
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
            <translation>Tạm dừng (Space; Ctrl+Space khi đang gõ)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>Phát (Space; Ctrl+Space khi đang gõ)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>Lùi một hình</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>Tới một hình</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Chậm hơn</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>Tốc độ %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Nhanh hơn</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Âm lượng</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Âm thanh</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Đoạn</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>Phát đoạn đang chọn (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>Lặp đi lặp lại</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>Không có thiết bị âm thanh: phát không tiếng.</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>Tập làm</translation>
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
            <translation>Ví dụ tiếp</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Phím tắt</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Thu phóng</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Hiện toàn bộ hình</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Xóa phần đang chọn</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>Tập làm · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Tập làm</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>Bỏ qua phần tập làm</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Về đợt việc</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>Tập làm không có tiền công và không mất gì. %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Đang kiểm tra…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>Nhờ kiểm tra</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Quay lại</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>Bạn đã đạt</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>Chưa đủ</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>Việc thật cũng làm như vậy, và có tiền công. Hãy chọn những việc đầu tiên ngay bây giờ.</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>Giờ bạn nhận được việc của đợt này.</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>Hãy đọc gợi ý và thử lại các ví dụ; muốn thử bao nhiêu lần cũng được.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Về đợt việc</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>Thử lại các ví dụ</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>Hồ sơ mới</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>Đổi tên hồ sơ</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>Hồ sơ bắt đầu trống, có ví và mật khẩu riêng.</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>Chỉ đổi tên; thư mục và ví vẫn ở chỗ cũ.</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>Tạo và mở</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Đổi tên</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>Tên, viết bằng chữ nào cũng được</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>Cất %1 đi?</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>Cả thư mục, cùng với ví, được chuyển ra khỏi danh sách. Không xóa gì; sau đó bạn sẽ thấy nó nằm ở đâu.</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>Cất đi</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>Gõ %1 để xác nhận</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>Các hồ sơ trên máy này</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>Mỗi hồ sơ có thư mục, ví và mật khẩu riêng. Không có mật khẩu thì không ai xem được việc của người khác.</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>%1 (đang mở)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Mở</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>Mở %1</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Đổi tên…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>Đổi tên %1</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>Cất đi…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>Cất %1 đi</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>Đã cất, cùng với ví, trong thư mục này: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>Hồ sơ mới…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>Đến hộp gửi</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>Tỷ giá này đã cũ.</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>Hiện số tiền cả bằng %1</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>Đánh giá người giao việc này</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>Không, cảm ơn</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>Ngừng đọc</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>Đọc to</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>Khiếu nại việc bị loại</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>Vì sao việc của bạn đáng được xem lại</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>Nó được gửi đến người điều hành nền tảng và cần có mạng. %1/%2 ký tự.</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Đang gửi…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>Gửi khiếu nại</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>Đã kiểm tra trên chuỗi khối</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>Tổng cộng %n việc.</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Đợt việc</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Việc gì</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>Nền tảng, GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>Chuỗi khối, GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>So sánh</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>Số đã trả trên chuỗi khối đi theo số đã kiếm được: có thể chậm hơn, không bao giờ nhiều hơn.</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>Họ xét thế nào</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>Việc từ chối do nhóm duyệt gồm những người làm khác quyết định, không chỉ riêng người giao việc.</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>Trả tiền nhanh đến đâu</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Đã trả tiền</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>Việc</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Tỷ lệ</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>Chưa biết gì: chưa có việc nào của người giao việc này được trả tiền.</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>Người làm nói gì</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>Đánh giá người giao việc này</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>Bạn đã làm ở đây nên được đánh giá: mỗi đợt việc một lần, và có thể đổi ý. Người giao việc chỉ thấy số lượng.</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Đợt việc</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Tiền công</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>quá ít</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>rất tốt</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Rõ ràng</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>khó hiểu</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>rất rõ</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Nhanh chóng</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>trả rất trễ</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>trả ngay</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Công bằng</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>không công bằng</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>rất công bằng</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>Gửi đánh giá</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>Báo cáo về người giao việc</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>Số liệu lấy từ kết luận và thanh toán; ý kiến của người làm để riêng.</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>Mọi người giao việc</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Về trang Tìm việc</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>Người giao việc đang có việc</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>Chưa biết đợt việc nào. Hãy tìm việc trước.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Người giao việc</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>Các đợt việc</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Đưa việc lại cho tôi</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Chặn người giao việc này</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>Đã chặn: bạn không được đưa việc của người giao việc này.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Đã trả</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>Tổng cộng, cho mọi người</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Tiền công mỗi giờ</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>Người duyệt, mỗi giờ</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Thời gian trả tiền</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Đang có sẵn tiền</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>Bạn đặt cọc %1 GEM cho câu trả lời.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>Câu trả lời này đúng không?</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Chấp nhận</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>Từ chối…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Bỏ qua</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>Yêu cầu là gì</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>Bạn đặt cọc %1 GEM cho kết luận của mình.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>Đã duyệt %n bài</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>Bạn chưa duyệt bài được</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>Duyệt bài của người khác</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>Niêm phong là ký kết luận bằng khóa của bạn; chúng được gửi đi ngay khi có mạng.</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>Những việc đã kiểm tra và đúng làm tăng điểm tin cậy; đủ số đó bạn sẽ được duyệt bài.</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>Có mạng là nhận được bài duyệt. Bài đã nhận thì không cần mạng vẫn làm được.</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>Bạn thấy hướng dẫn và câu trả lời, không bao giờ thấy ai làm. Tiền công và tiền cọc ghi ở từng bài.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Đang niêm phong và gửi…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Niêm phong để gửi</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Niêm phong và gửi</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>Thử với người duyệt tập làm</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>Đang xin bài duyệt…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>Nhận 10 bài duyệt</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>Điểm tin cậy tăng thế nào</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>Duyệt tiếp</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>Hoàn tác kết luận vừa rồi</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>Nhận 100 bài duyệt</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>Lượt này</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>Sai ở đâu?</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>Hãy chọn lý do trước: người làm cần biết phải sửa gì.</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>Bấm vào chỗ sai, hoặc bấm Enter tại đó</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>Đánh dấu chỗ khác</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>Đánh dấu chỗ sai</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>Đã đánh dấu: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>Bỏ dấu</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>Lời nhắn cho người làm (không bắt buộc)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Từ chối</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Hủy</translation>
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
            <translation>Hoàn tác bước cuối</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Hướng dẫn</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Tạm đủ rồi</translation>
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
            <translation>Bạn đang làm với vai người duyệt tập làm, không phải tài khoản của mình.</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>Về tài khoản của tôi</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>Các từ khôi phục đang hiện trên màn hình. Chúng không được đọc to.</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>Đã chặn và đã ẩn</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>Bạn không được đưa việc này, và không có gì của nó được tải về. Việc bạn đã nhận vẫn là của bạn. Chỉ máy này biết điều đó.</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Về trang Tìm việc</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>Đã chặn</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Đã ẩn</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Đưa việc lại cho tôi</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>Chưa chặn hay ẩn gì</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>Giới thiệu</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Phiên bản</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Hồ sơ</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Giấy phép</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>Làm với Qt (LGPL), IBM Plex Sans (OFL) và biểu tượng Lucide (ISC). Không dữ liệu nào về bạn rời máy này, trừ những gì việc cần đến.</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>Sổ địa chỉ</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Xóa</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Xóa %1</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>Thêm địa chỉ</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>So lại lần nữa: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>Tên, ví dụ “Tiết kiệm”</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>Tên của địa chỉ</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>Địa chỉ, 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Địa chỉ</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>Đang hỏi trong cửa sổ riêng của ví</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Thêm</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>Mọi thứ có ổn không?</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Đang kiểm tra…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>Kiểm tra máy này</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>Tạo báo cáo…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>Xem máy này, hồ sơ của bạn và mạng, không đổi gì cả, rồi nói bằng lời chỗ nào chưa ổn.</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>Các lần rút</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>Tự động rút từ mức</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>0 là không bao giờ tự rút. Gems cũng chờ đến khi phí không quá 5 % số tiền nhận được.</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>Tự động rút từ mức, tính bằng GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Giữ</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>Kênh thanh toán</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>Lệnh đóng kênh của bạn đang đến chuỗi khối.</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>Khi bạn thôi làm cho nền tảng này, hãy đóng kênh: quỹ cọc trở về mà không cần đồng phí mạng, dù nền tảng không làm gì thêm.</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>Đóng kênh…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Đóng kênh thanh toán của bạn?</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>Đóng kênh</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>Những gì bạn chịu xem</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>Việc có thể gây khó chịu được che lại đến khi bạn muốn xem. Loại nào bạn tắt ở đây thì không đưa ra cho bạn nữa.</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>Giữ an toàn</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>Phiếu trả tiền ở tay ai cũng có giá trị như nhau và chỉ trả cho bạn. Bản sao ở nơi khác giữ tiền công của bạn an toàn khi máy này hỏng.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Xóa</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>Xóa trạm canh %1</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>Trạm canh khác</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>Nền tảng nào cũng giữ được phiếu của nơi khác: hãy nhập địa chỉ của nó.</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>Địa chỉ trạm canh</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Thêm</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>Lưu thêm thành tệp trong thư mục này</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>Mỗi phiếu mới được ghi vào đó. Để trống: không ghi tệp.</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>Thư mục cho tệp phiếu trả tiền</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Giữ</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>Ghi tệp ngay</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>Tìm phiếu trả tiền mới hơn</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>Trong tệp sao lưu hoặc ở trạm canh: hãy nhập đường dẫn tệp hoặc địa chỉ trạm canh. Chỉ giữ những gì nền tảng đã ký.</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>Tệp hoặc trạm canh có phiếu mới hơn</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Tìm</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>Tiền của nước bạn</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>Hiện số tiền cả bằng loại tiền này</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>GEM vẫn đứng trước. Số tiền kia chỉ cho biết trị giá khoảng bao nhiêu: không trả hay ký gì theo nó.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Khác</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>Loại tiền khác: ba chữ cái của nó, ví dụ KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>1 GEM trị giá</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>Con số của bạn được dùng trước số của nền tảng. Để trống thì theo số của nền tảng.</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>1 GEM trị giá bao nhiêu, tính bằng %1</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Giữ</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>Dữ liệu đã dùng</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hôm nay</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>14 ngày qua</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>Dữ liệu đã dùng theo ngày</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Ngày</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>Chưa gửi hay tải gì.</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>Tính cả các dòng mở đầu mỗi yêu cầu, không tính phần mạng của bạn thêm vào để chuyển đi (khoảng 3 đến 5 %).</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>Nơi giữ ví và việc của bạn</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>Thư mục của hồ sơ này</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>Phiên bản mới không đổi gì trong thư mục này, và gỡ chương trình thì thư mục vẫn còn nguyên chỗ cũ.</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>Chỉ xóa thư mục khi mười hai từ của bạn đã chép ra giấy và không còn gì chờ gửi hay chờ trả tiền.</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>Nút chuỗi khối</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Xóa</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>Xóa nút chuỗi khối %1</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>Nút chuỗi khối khác</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>Địa chỉ nút chuỗi khối</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Thêm</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>Dùng lại các nút của mạng</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>Việc mới ở nơi tôi đã làm</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>Kết luận và khiếu nại</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>Việc sắp hết hạn</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>Tiền công và các lần rút</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Thông báo</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>Hệ thống này không hiện thông báo. Thông báo nằm dưới hình cái chuông.</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>Hiện thông báo cả ở ngoài cửa sổ</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>Khi có người đóng kênh thanh toán của bạn, bạn luôn được báo, cả trong giờ yên lặng.</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>Hiện số tiền ở ngoài cửa sổ</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>Kèm âm thanh ngắn</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>Thử xem</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>Đổi mật khẩu</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>Xuất khóa ra tệp</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>Mật khẩu hiện tại</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>Mật khẩu cho tệp</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>Mật khẩu mới</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Nhập lại mật khẩu đó</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>Xuất, và xác nhận trong cửa sổ riêng của ví</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>Đổi</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>Mạng</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Nền tảng</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>Mạng tập làm: GEM này không có giá trị</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>Làm không cần mạng: không tự gửi nhận gì cho đến khi tắt mục này</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>Proxy cho mọi kết nối</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>Địa chỉ dạng http://host:port hoặc socks5://name:password@host:port. Nếu để trống thì dùng proxy của hệ thống. Những gì ở lại trên máy này không bao giờ đi qua đó.</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>Địa chỉ proxy</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Dùng</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>Giờ yên lặng</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>Không hiện gì ở ngoài cửa sổ trong những giờ này</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Từ</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>Yên lặng từ</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Đến</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>Yên lặng đến</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>Khi đóng cửa sổ</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>Hiện Gems ở khay hệ thống</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>Đóng cửa sổ thì Gems vẫn chạy ở khay hệ thống</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>Nếu hệ thống không có khay, đóng cửa sổ là tắt Gems.</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>Đọc</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Ngôn ngữ</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>Bản này do máy dịch; chưa có người bản ngữ nào kiểm tra. Chỗ nào không rõ thì lấy bản tiếng Anh làm chuẩn.</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Cỡ chữ</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Màu sắc</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Theo hệ thống</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Sáng</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Tối</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Tương phản cao</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>Không có gì tự chuyển động</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>Giới hạn của ví</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>Tệp giới hạn của bạn đã bị đổi hoặc cũ hơn ví. Nó bắt đầu lại: sổ địa chỉ trống, và mọi khoản đều được hỏi cho đến khi bạn đặt giới hạn.</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>Khóa sau khoảng này nếu không bấm phím hay chuột</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Không bao giờ</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 phút</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>Được chi mỗi ngày mà không cần hỏi</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>Giới hạn mỗi ngày, tính bằng GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Đặt</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>Địa chỉ mới phải chờ</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>Trong lúc đó, mọi khoản trả đến nó đều được hỏi. Nhờ vậy bạn kịp nhận ra địa chỉ không phải do mình thêm.</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>Không chờ</translation>
        </message>
        <message>
            <source>%1 h</source>
            <translation>%1 giờ</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>Reading</source>
            <translation>Đọc</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Việc và dữ liệu</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Thông báo</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>An toàn</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>Tiền</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Mạng</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>Hồ sơ</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Phiên bản mới</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Trợ giúp</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Cài đặt</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>Mọi thay đổi được lưu ngay.</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>Các phần cài đặt</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Quỹ cọc</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>Phiên bản mới</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>Bạn không cần làm gì. Phiên bản đó sẽ không được mời tải nữa.</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Phiên bản</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>Tải tiếp</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Tải về</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>Dừng; tải tiếp sau</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Xem lại</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>Tìm phiên bản mới</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>Tự tìm mỗi ngày một lần, không bao giờ khi mạng tính tiền theo megabyte</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>Từ USB hoặc thư mục…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>Từ USB hoặc thư mục</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>Dù lấy từ đâu, nó phải có chữ ký của nhóm làm ra Gems.</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>Thư mục có phiên bản mới</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>Tìm ở đó</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>Lại lấy từ mạng</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>Đọc to</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>Cho phép đọc to hướng dẫn và việc</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>Hệ thống này không có giọng đọc. Hãy cài speech-dispatcher và espeak-ng, rồi mở lại Gems.</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>Hệ thống này không có giọng đọc. Hãy thêm một giọng trong cài đặt hệ thống, rồi mở lại Gems.</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>F8 để đọc và để ngừng. Không có gì tự đọc.</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>Tốc độ theo phần trăm</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>Ví và bảo mật</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>Địa chỉ của bạn</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>Khóa ngay</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>Các từ khôi phục nằm trên giấy của bạn. Ở đây không chỗ nào hiện chúng, và không ai từ Gems hỏi bạn về chúng.</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>Việc và dữ liệu</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>Tự lấy thêm việc từ các đợt tôi đang làm</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>Giữ sẵn việc cho chừng này ngày</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>Số ngày có việc</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>Tải về nhiều nhất, tính bằng megabyte mỗi ngày</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>Megabyte mỗi ngày</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>Cả trên mạng tính dung lượng</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>Mạng này tính dung lượng</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>Báo trước chừng này giờ khi việc sắp hết hạn</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>Số giờ trước khi việc hết hạn</translation>
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
            <translation>Đang khởi động</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>Dùng tiếp bản sao từ trước khi cập nhật</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>Dùng tiếp bản sao từ trước khi cập nhật?</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>Nếu thay vào đó mở phiên bản mới hơn thì không mất gì cả.</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>Dùng tiếp bản sao</translation>
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
            <translation>Trạng thái</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Không có gì chờ gửi</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>%n câu trả lời cần gửi</numerusform>
            </translation>
        </message>
        <message>
            <source>Balance %1 %2</source>
            <translation>Số dư %1 %2</translation>
        </message>
    </context>
    <context>
        <name>StoryMessage</name>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Đã đánh dấu trong việc: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>Sao tôi biết điều này?</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>Lưu bằng chứng thành tệp</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>Tin nhắn với người giao việc</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>Người giao việc thấy lời bạn viết, không thấy tên hay địa chỉ của bạn.</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>Gửi tin nhắn</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Đóng</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>Báo tôi khi có tin nhắn mới ở đây</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>Đừng báo tôi về tin nhắn ở đây nữa</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>Được gửi đi khi có mạng. %1/%2 ký tự.</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>Tin nhắn của bạn</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>Lấy lại</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Báo vấn đề</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>Bản ghi âm có %n đoạn</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Bản ghi âm</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 và %2 đặt chỗ đầu và cuối đoạn, Enter đánh dấu đoạn, Tab đi qua các đoạn, Delete xóa một đoạn.</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>Space để phát, mũi tên đi một giây, cùng Shift năm giây, cùng Ctrl một phần mười giây; dấu cộng và trừ để xem gần hay xa, 0 hiện tất cả.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Đang chọn một đoạn: kéo hai mép hoặc bấm %1 và %2, bấm nhãn để đổi, Delete để xóa.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>Chọn nhãn rồi kéo trên sóng âm, hoặc bấm %1 và %2 khi đang phát, rồi bấm Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>Đang mở ra</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>Đang thu gọn</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>Tháng trước (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>Tháng sau (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>Bắt buộc</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>Phải trả lời mục này</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>Tin nhắn</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Mũi tên để chọn.</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>Mũi tên chọn tin nhắn, E sửa tin của mình, Delete xóa tin, Escape bỏ chọn.</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>Tin nhắn: %1, cần ít nhất %2</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>Tin nhắn: %1, nhiều nhất %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>Ai nói</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>Viết lời của %1</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Viết tin nhắn</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>Nói</translation>
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
            <translation>Chọn mọi mục phù hợp</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Chọn một</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>Giờ</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Ngày</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>Viết ngày theo năm-tháng-ngày, ví dụ 2025-03-31.</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>Viết năm và tháng, ví dụ 2025-03.</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>Viết năm bằng bốn chữ số.</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>Viết giờ và phút, ví dụ 14:05.</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>Không dùng được ngày này. %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>Không có ngày hoặc giờ như vậy.</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>Thiếu ngày.</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>Thiếu giờ.</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>Từ %1 đến %2</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>%1 trở về sau</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>%1 trở về trước</translation>
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
            <translation>Chọn từ lịch (mũi tên xuống trong ô)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Xóa trống</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Đã lưu thành %1</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>Ẩn câu trả lời kia</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Hiện chỗ khác nhau</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>%1: giống nhau</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>%1 (nét đứt): %n chỗ khác nhau</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>Chỗ khác nhau</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>Đã lưu trên máy này</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>Đang lưu…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>Chưa lưu</translation>
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
                <numerusform>Hình của việc có %n vùng</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>Hình của việc</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>Thu nhỏ (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>Hiện tất cả (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>Phóng to (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>Dấu cộng và trừ để phóng to, thu nhỏ, 0 hiện tất cả, M giữ kính lúp.</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>N tạo khung, Tab đi qua các vùng.</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>N tạo hình bầu dục, Tab đi qua các vùng.</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>Bấm vào các góc, hoặc N đặt góc đầu. Tab đi qua các vùng.</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>N đặt điểm, mũi tên dời điểm. Tab đi qua các vùng.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>Mũi tên dời con trỏ, Space để tô, [ và ] đổi cọ, E tẩy, N bắt đầu lớp tô mới.</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Mũi tên dời khung, cùng Shift đổi cỡ, [ và ] để xoay, Delete để xóa.</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Mũi tên dời hình bầu dục, cùng Shift đổi cỡ, [ và ] để xoay, Delete để xóa.</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>Mũi tên dời hình; dấu phẩy và dấu chấm chọn một góc, mũi tên dời góc đó, I thêm một góc phía sau và Delete bỏ góc. [ và ] để xoay.</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>Mũi tên dời điểm, cùng Shift đổi bề rộng, Delete để xóa.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>Mũi tên dời con trỏ, Space tô lên lớp này, E tẩy, N bắt đầu lớp tô mới, Delete xóa lớp này.</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>Lớp tô quá nhiều chi tiết, không gửi được. Hãy tô bằng cọ to hơn.</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>Bấm vào chỗ đó, hoặc dời con trỏ bằng mũi tên rồi bấm Enter.</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>Bấm chuột hoặc N đặt góc, mũi tên dời góc cuối, Backspace lấy góc lại, Enter hoặc bấm vào góc đầu để khép kín, Escape bỏ đa giác.</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>Khung</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Hình bầu dục</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Đa giác</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Điểm</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>Cọ</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>Công cụ cho hình</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>Tẩy</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>Cọ: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Các trang</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>Trang trước (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1/%2</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>Trang sau (Page Down)</translation>
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
            <translation>Chọn nhãn, rồi kéo một khung trên hình (hoặc bấm N tại đó).</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>Chọn nhãn, rồi kéo một hình bầu dục trên hình.</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>Chọn nhãn, rồi bấm vào các góc của vật trên hình.</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>Chọn nhãn, rồi bấm vào điểm trên hình.</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>Chọn nhãn, rồi tô lên hình.</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>Chọn nhãn, rồi chọn từ trong bài.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>Chọn nhãn, rồi kéo trên biểu đồ.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>Chọn nhãn, rồi kéo trên âm thanh.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>Chọn nhãn, rồi kéo trên dòng thời gian.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>Chọn nhãn, rồi kéo một khung trên phim.</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>Đang chọn một khung: bấm nhãn để đổi, Delete để xóa.</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>Đang chọn một dấu: bấm nhãn để đổi, Delete để xóa.</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Nhãn</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>Đã dùng hết số lần cho phép</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>Người dùng</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Trợ lý</translation>
        </message>
        <message>
            <source>System</source>
            <translation>Hệ thống</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>Công cụ</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>Nhà phát triển</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>Câu trả lời kia ghi khác</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>Sửa (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Xóa (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Tin nhắn</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>Lưu (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>Từ %1 đến %2</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>%1 trở lên</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>%1 trở xuống</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>theo bước %1</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>Đây không phải là số.</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>Số phải ít nhất là %1.</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>Số phải nhiều nhất là %1.</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>Số phải theo đúng bước %1.</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Số</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Bớt</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>Một số</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Thêm</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>Hãy chọn cái tốt hơn.</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>Chọn một trong hai</translation>
        </message>
        <message>
            <source>First</source>
            <translation>Thứ nhất</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>Thứ hai</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>một hình</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>Không hiện được một hình của việc này.</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>Tạm dừng</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Phát</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>phát đoạn văn tại con trỏ</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>Kéo từng mục vào đúng chỗ, tốt nhất ở trên cùng.</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>Kéo các mục theo thứ tự, tốt nhất ở trên cùng.</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>dời thẻ bằng bàn phím, bấm số để xếp</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>dời thẻ bằng bàn phím</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>Thứ tự này đúng</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>Các mục theo thứ tự</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Mục</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>hạng %1/%2</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>Chưa có gì ở đây</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>Đánh giá</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>Chưa đánh giá. Mũi tên để cho sao, Delete để bỏ sao.</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>Chưa đánh giá. Phím số hoặc mũi tên để cho sao, Delete để bỏ sao.</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>%1/%2 sao</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1/%2</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>Chưa đánh giá</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>Khung</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Hình dạng</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Điểm</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Hình bầu dục</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>Vùng tô</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Từ</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Đoạn</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>Khung di chuyển</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Dấu</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>đang ẩn</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>đang khóa</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Ẩn</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Hiện</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Mở khóa</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Khóa</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>Xóa</translation>
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
                <numerusform>Đã đánh dấu: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>Ẩn tất cả</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Hiện tất cả</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>Những gì đã đánh dấu</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>Mũi tên để chọn, Delete để xóa, Alt+H để ẩn, Alt+L để khóa, Escape để bỏ chọn.</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>ẩn</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>xóa</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>khóa</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>Chưa đánh dấu gì.</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>hai chiều</translation>
        </message>
        <message>
            <source>to</source>
            <translation>đến</translation>
        </message>
        <message>
            <source>from</source>
            <translation>từ</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>Đảo chiều (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Xóa (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>Quan hệ: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>Nối với cái này (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>Nối (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>Hủy (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>Từ %1: bấm vào cái kia, hoặc chọn nó rồi bấm R.</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>Chọn cái đã đánh dấu, bấm R, rồi bấm vào cái có quan hệ với nó.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Quan hệ</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Mũi tên để chọn.</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>Mũi tên để chọn, D đảo chiều, Delete để xóa.</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>Quan hệ gì</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>Chưa chọn gì</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>Chọn mọi mục phù hợp</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Chọn một</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>Gõ để tìm</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>Mũi tên dời con trỏ, cùng Shift để chọn; Enter hoặc phím của nhãn đánh dấu phần đang chọn. Tab đi qua các dấu; Shift và mũi tên dời cuối dấu đang chọn, Alt và mũi tên dời đầu dấu, Delete để xóa.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>Mũi tên dời con trỏ, cùng Shift để chọn.</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>Bảng có %n dòng</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>Đã chọn</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>Bỏ %1</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>Tìm trong các lớp</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Các lớp</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>Mũi tên để di chuyển, phải mở nhánh, trái đóng nhánh, Space để chọn.</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>Không lớp nào có những chữ này trong tên.</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>Không chọn được quá %n.</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>di chuyển</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>mở, đóng</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>chọn</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>Viết câu trả lời ở đây</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>Câu trả lời của bạn</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>Xóa câu trả lời này</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>Thêm câu trả lời khác</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>Hình</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Không hiện được hình này.</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>Số đo có %n đoạn</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Số đo</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 và %2 đặt chỗ đầu và cuối đoạn, Enter đánh dấu đoạn hoặc thời điểm tại con trỏ, Tab đi qua các đoạn, Delete xóa một đoạn.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>Mũi tên dời con trỏ, cùng Shift mỗi lần mười bước; dấu cộng và trừ để xem gần hay xa, 0 hiện tất cả.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Đang chọn một đoạn: kéo hai mép hoặc bấm %1 và %2, bấm nhãn để đổi, Delete để xóa.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>Chọn nhãn, rồi kéo trên đồ thị; bấm một cái để đánh dấu một thời điểm.</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>Việc đang che</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>Việc này có thể làm bạn khó chịu</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>Nó được che lại đến khi bạn muốn xem. Bỏ việc này không mất gì.</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>Hiện ra</translation>
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
            <translation>N tạo khung, Tab đi qua các khung, mũi tên dời khung đang chọn, Shift và mũi tên đổi cỡ, %1 tạo hoặc bỏ khung hình chính, %2 cho khung biến mất hoặc trở lại, Delete để xóa.</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>Space để phát, dấu phẩy và dấu chấm đi một hình; dấu cộng và trừ để phóng to, thu nhỏ, 0 hiện tất cả.</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>Phim</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>Dòng thời gian có %n hàng</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Dòng thời gian</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 và %2 đặt chỗ đầu và cuối đoạn, Enter đánh dấu đoạn, Tab đi qua các đoạn, Delete xóa một đoạn.</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>Mũi tên đi một hình, cùng Shift mười hình; Space để phát.</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>Khung</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>Khung ở giữa (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>Không có khung hình chính ở đây</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>Khung hình chính ở đây</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>Mất sau hình này</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>Có từ hình này trở đi</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>Đến một hình khác và dời khung: chỗ đó thành khung hình chính, và khung di chuyển đều giữa chúng.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>Chọn nhãn, rồi kéo một khung trên hình.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>Chọn nhãn, rồi kéo trên dòng thời gian, hoặc bấm %1 và %2, rồi bấm Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>Việc</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>Về vùng %1</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>Đầu</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>Đoạn đang chọn bắt đầu ở đây</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>Một đoạn bắt đầu ở đây</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Cuối</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>Đoạn đang chọn kết thúc ở đây</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>Một đoạn kết thúc ở đây</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Dấu</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>Đánh dấu đoạn giữa đầu và cuối (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>Đánh dấu thời điểm này (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>Hiện khoảng dài hơn</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>Hiện tất cả</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>Xem gần hơn</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>Hoàn tác</translation>
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
            <translation>Đến %1 · phí %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>Mười việc tới có thể thay đổi gì</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>Kiểm tra ngẫu nhiên</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Từ</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Trúng kiểm tra</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>Dự kiến</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>Dự kiến theo xác suất</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>Mỗi lượt bốc thăm được tính lại trên máy này từ bí mật mà nền tảng đã cam kết trước khi bạn làm. Chọn một dòng để lưu bằng chứng thành tệp cho người khác kiểm tra.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Khi nào</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Đợt việc</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Xác suất</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Bốc thăm</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Số gốc</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>Các loại việc</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Hạng %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>Hạng</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Hạng %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>Cấp đếm số việc đã kiểm tra và không bao giờ mất; hạng có thể giảm, và hạng tốt hơn là của bạn khi giữ được qua mười việc đã kiểm tra.</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>Tin cậy</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>Tính trên máy này từ các kết luận đã ký; không ai tự đặt ra được.</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>So với nền tảng</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>Những gì đã kiếm được vẫn là của bạn. Nếu nền tảng loại bạn, bạn có thể khiếu nại với người điều hành ở đây.</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>Hãy khiếu nại những lần từ chối bạn cho là sai trong Hộp gửi: mỗi lần thắng được tính là đúng ở đây.</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>Mở Hộp gửi</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>Thông báo này không làm mất gì; nó chỉ xét những câu trả lời gần đây của bạn.</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>Hãy đọc lý do trong Hộp gửi. Lần từ chối nào bạn cho là sai thì khiếu nại ở đó.</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>Nền tảng nói khác với các kết luận đã ký của bạn.</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>Số của nó có thể chậm hơn vài kết luận. Nếu cứ như vậy, hãy báo người điều hành nền tảng; bằng chứng bên dưới đã được ký.</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>Chưa có câu trả lời nào của bạn được kiểm tra</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>Mỗi câu trả lời đã kiểm tra đều được tính. Bắt đầu với đợt việc nào cũng được; đợt không cần cọc là dễ nhất.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>Vì sao có điểm này</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>Điểm theo thời gian</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>Câu trả lời đã kiểm tra</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Điểm</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>Ít nhất</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>Nhiều nhất</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>Khoảng mà giá trị thật có lẽ nằm trong đó</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>Điểm hiện ở đây từ câu trả lời thứ hai được kiểm tra.</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>Duyệt bài của người khác</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>Bạn được duyệt bài. Duyệt bài được trả cao hơn mỗi giờ và không cần mạng khi đã tải về.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Duyệt</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Bằng chứng</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>%1 đã kiểm tra · %2 đúng · %3 đúng ngay lần đầu</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>điểm tin cậy %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>Đã xét</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Đợt việc</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Kết luận</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>Lượt</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>Người xét</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>Lần từ chối chỉ được tính khi không thể thay đổi nữa. Trước đó bạn có thể khiếu nại trong Hộp gửi.</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>Xem thử</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Để sau</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>Đang theo dõi</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Báo tôi khi có việc mới</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>Chọn ngôn ngữ của bạn</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>Bảo vệ ví trên máy này</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>Mật khẩu ngăn người khác dùng máy này đụng đến tiền của bạn. Nó không được gửi đi đâu; nếu quên, các từ khôi phục vẫn dùng được.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Mật khẩu</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>Ít nhất 8 ký tự. Vài từ nối nhau thì dễ nhớ.</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>Ngắn quá: cần ít nhất 8 ký tự.</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>Dễ đoán: hãy thêm một hai từ.</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>Mật khẩu tốt.</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>Mật khẩu rất tốt.</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Nhập lại mật khẩu đó</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>Có kho khóa thì không cần mật khẩu: ai dùng được máy này như bạn thì dùng được ví.</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>Bảo vệ bằng mật khẩu này</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>Dùng kho khóa của hệ thống</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>Lấy lại ví của bạn</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>Số dư, phiếu trả tiền, việc đang làm, tiền cọc và khiếu nại được lấy lại từ những gì đã ký. Bản nháp chưa niêm phong thì không.</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>Bạn có gì</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>Từ khôi phục</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>Khóa riêng tư</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>Tệp kho khóa</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>Các từ khôi phục của bạn</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>12 đến 24 từ theo đúng thứ tự, bằng một trong mười ngôn ngữ có từ khôi phục.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>một hai ba …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>Tôi đã dùng cụm mật khẩu hoặc tài khoản khác</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>Cụm mật khẩu kèm các từ</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>Để trống nếu bạn chưa từng đặt. Nhập sai sẽ mở một ví khác, trống không.</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>Tài khoản nào</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>Khóa riêng tư của bạn</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>64 ký tự gồm số 0 đến 9 và chữ a đến f; phía trước có thể có 0x.</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>Tệp kho khóa</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>Đã chọn: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>Thả tệp vào trang này, hoặc gõ chỗ của tệp rồi bấm Enter.</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>Đường dẫn tệp</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>Mật khẩu của tệp</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>Thả tệp vào đây</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Đang mở</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>Lấy lại</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Quay lại</translation>
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
            <translation>Mạng tập làm</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>Bước %1/3</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>Đang tìm ví của bạn</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>Gems chỉ hỏi các từ khôi phục ở trang này, và chỉ để tạo hoặc lấy lại ví. Không ai khác cần đến chúng, không bao giờ.</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>Làm việc nhỏ, nhận tiền công</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>Tiền công vào ví mà chỉ bạn giữ. Bạn không cần tiền hay giấy tờ để bắt đầu; tạo ví mất khoảng ba phút.</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>Tạo ví mới</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>Tôi đã có ví</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>Ngôn ngữ của mười hai từ</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>Chép mười hai từ này ra giấy</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>Chúng là ví của bạn: ai có chúng thì có tiền của bạn, và chúng giúp lấy lại ví khi mất máy này. Đừng chụp ảnh chúng.</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>Cất tờ giấy ở nơi chỉ bạn tìm được.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>Tôi đã chép xong</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Quay lại</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>Mở khóa ví của bạn</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>Việc và thu nhập của bạn được lưu trên máy này; kho khóa của hệ thống mở chúng.</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>Việc và thu nhập của bạn được lưu trên máy này; mật khẩu mở chúng.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Mật khẩu</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Đang mở</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Mở khóa</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>Gõ lại các từ</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>Theo đúng thứ tự, từ tờ giấy của bạn. Mỗi từ chỉ cần bốn chữ cái đầu và một dấu cách.</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>Mười hai từ</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>Từ %1 không nằm trong số đó: hãy xem tờ giấy của bạn.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>một hai ba …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>%1 trên 12 từ</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>So sánh</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>Làm lại với các từ mới</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>Về việc này</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>Việc %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>Tiền công %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>Hướng dẫn</translation>
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
            <translation>Xong, sang việc tiếp</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Hoàn tác</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Làm lại</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Hướng dẫn</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Phím tắt</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Hiện chỗ khác nhau</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>Đến phần tiếp theo</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Thu phóng</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Hiện toàn bộ hình</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Xóa phần đang chọn</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>Trả lại</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Lưu lại lần nữa</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>Câu trả lời này bị từ chối: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Đã đánh dấu trong việc: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>Hãy sửa và hoàn thành lại; nó tự quay lại để duyệt.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Thử lại</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>Đã làm xong %n việc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>%n câu trả lời đang chờ gửi</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Chưa có việc nào ở đây</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>Chúng đem về tới %1 GEM khi được chấp nhận. Niêm phong là ký bằng khóa của bạn để không ai sửa được; câu trả lời đã niêm phong được gửi đi ngay khi có mạng.</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>Chúng đã được niêm phong, an toàn trên máy này, và tự gửi đi khi có mạng.</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>Chúng đã được niêm phong và đang gửi đi.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>Hãy nhận một lô việc; việc ở lại trên máy này và làm được khi không có mạng.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Đang niêm phong và gửi…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Niêm phong để gửi</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Niêm phong và gửi</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>Mở hộp gửi</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>Việc này không nêu bản ghi âm nào.</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>{at}/{whole}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>Hình {at}/{whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>Việc này không nêu phim nào.</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>0.05 GEM mỗi việc và mỗi việc một phút: 3 GEM một giờ.</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>1 GEM = {worth} {code}, như bạn đã gõ, {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>1 GEM = {worth} {code}, theo nền tảng {name} ({source}), {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>Còn 1 việc đã kiểm tra nữa là được duyệt bài.</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>Còn 1 việc đã kiểm tra cho người giao khác nữa là được duyệt bài.</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>Còn 1 việc đã kiểm tra nữa là lên cấp.</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>Còn 1 câu trả lời đúng nữa là được duyệt bài.</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>Còn 1 câu trả lời đúng nữa là đến {grade}.</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % nghĩa là: khoảng một trên mười câu trả lời được kiểm tra.</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>Khung hoặc đường viền không khớp</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>Một đợt việc có một đến ba vòng.</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>Kênh không thể không có chủ hoặc dành cho hợp đồng.</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>Kênh đóng trong 7 đến 90 ngày; thời gian đưa ra lại khác.</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>Kênh cần có khóa ký các phiếu trả tiền của nó.</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>Không thể rút về địa chỉ không hoặc về hợp đồng.</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>Một lần rút không thành công</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>Một lần rút đang được thực hiện.</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>Có một lần rút thuộc kênh khác.</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>Có một lần rút vào thời điểm không thể có.</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>Bấm vào đó để mở Gems.</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>Kênh đã đóng thì không mở lại: bạn không kiếm thêm được gì trong đó.</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>Đồng tiền mà chuỗi khối đòi cho mỗi lần trả tiền. Bạn không cần có: bên chuyển hộ trả thay bạn.</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>Máy giữ bản sao phiếu trả tiền mới nhất của bạn và canh tiền công khi bạn vắng mặt.</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>Một quyết định đã thay đổi trong lúc đó.</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>Tệp sẽ chứa {what}, và hỏi tin mới.</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>Một việc đã xong sắp hết hạn: hãy gửi trước {time}.</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>Bài kiểm tra ẩn</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>Một chữ cái từ A đến F cho biết việc đã kiểm tra của bạn đúng đến đâu. Hạng cao hơn mở ra nhiều việc hơn.</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>Điểm từ 1 đến 5.</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>Một tin nhắn có từ 1 đến 1.000 ký tự.</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>Một khoản đang được chuyển ra khỏi quỹ cọc của bạn.</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>Bạn đã lấy bản này ở đâu thì lấy phiên bản mới ở đó. Ví và việc của bạn vẫn được giữ.</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>Có phiếu trả tiền mới hơn. Nó đã được giữ lại và có hiệu lực từ giờ.</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>Có số lớn hơn mức lưu được.</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>Nhóm duyệt có 1, 3, 5 hoặc 7 người duyệt; điều khoản ghi khác.</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>Phần tiền công dành trả người kiểm tra. Số tiền công bạn thấy là phần còn lại.</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>Một phần đã bị đổi trên đường đi.</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>Một hình hoặc tệp của việc đến nơi bị đổi hoặc hỏng.</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>Hồ sơ cần có tên.</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>Một tỷ giá không có đúng các trường của nó.</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>Một tỷ giá không có thời điểm.</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>Câu trả lời bị từ chối có thể sửa hoặc khiếu nại.</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>Một lần từ chối chỉ được tính khi bạn không còn khiếu nại được.</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>Từ chối thì phải có lý do.</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>Cụm từ khôi phục có 12, 15, 18, 21 hoặc 24 từ; ở đây có: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>Tiền cọc được trả lại khi việc được chấp nhận. Khi bị từ chối hẳn thì mất cọc.</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>Số thứ tự của bước nằm ngoài giới hạn.</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>Tổng của một bước sai định dạng.</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>Một việc của đợt này vẫn đang được xét trên chuỗi khối.</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>Một việc sắp hết hạn: hãy làm xong và gửi trước {time}.</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>Một việc đã được mở lại trong lúc đó.</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>Việc đã biết trước câu trả lời đúng. Nó đo người ta làm tốt đến đâu và không bao giờ quyết định tiền công.</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>Một kết luận về việc này đã được đưa lên chuỗi khối.</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>Một kết luận của vòng này hoặc vòng cao hơn đang có hiệu lực.</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>Một người trong nhóm duyệt này đã xét việc này trước đó.</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>Một phiếu bầu không có chữ ký của người duyệt.</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>Không liên lạc được với một trạm canh, hoặc nó không nhận phiếu trả tiền.</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>Một trang web trả lời thay chỗ nền tảng: mạng này muốn bạn đăng nhập.</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>Người làm có thành tích tốt nên được kiểm tra việc của người khác và có tiền công.</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>Một dòng màu vàng báo khi có gì sắp cần đến bạn.</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Được chấp nhận</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>Được chấp nhận lúc {time}.</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>Việc đã chấp nhận đang được xét lại: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>Việc được chấp nhận chờ {time} mới được trả: trong lúc đó người giao việc có thể phản đối, và người khác xét.</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>Đã chấp nhận, chưa trả</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>Hãy thêm một nút thứ hai của người khác trong Cài đặt.</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>Hãy thêm trạm canh trong Cài đặt, hoặc gửi tệp phiếu trả tiền cho ai có thể nộp trước khi hết hạn.</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>Thêm một địa chỉ vào sổ địa chỉ của bạn?</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>Sau khi sai mật khẩu, ví chờ rồi mới cho thử lại, tính bằng giây: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>Làm xong cho ai, hãy cho đánh giá; nó giúp người làm sau.</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>Sau {n} câu trả lời đã kiểm tra: {score}, từ {low} đến {high}</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>Khớp</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>Mọi đợt việc biết ở đây</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>Mọi việc của đợt đã có người nhận.</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>Mọi loại việc</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>Mọi ngôn ngữ</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>Tất cả cộng lại thành một số. Phần đang duyệt hay đang đặt cọc cũng nằm trong đó, dù chưa quyết định.</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>Mọi tiền công trong các phiếu của bạn đến lúc đó</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>Từ nào cũng có trong danh sách, nhưng ghép lại không thành cụm từ khôi phục: có một từ sai hoặc sai chỗ.</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>Mọi việc bạn đã xong, từ lúc làm đến lúc được trả. Những gì chờ ở đó vẫn an toàn trên máy này.</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>Hãy cho phép nó dùng cả số tiền trước; Gems tự làm điều đó khi lệnh được đưa ra lại.</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>Số tiền: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>Có số tiền trong tin không phải là số nguyên của đơn vị nhỏ nhất.</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>Một câu trả lời đã thay đổi trong lúc đó.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>Khiếu nại cần có lý do, nhiều nhất 2.000 ký tự.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>Khiếu nại cần có lý do, nhiều nhất 500 ký tự.</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>Khiếu nại thay cho lượt làm lại, lượt đó có thể trả {amount} GEM. Bạn không thể làm cả hai.</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>Một bản cũ hơn, từ {time}</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>Bực mình</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>Tên này thuộc về một loại tệp khác.</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>Thay đổi khác</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Lý do khác</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>Một bên chuyển hộ khác đã được phép thực hiện lần rút này.</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>Trên chuỗi khối có kết luận khác, nên bộ bằng chứng này không được trả gì.</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>Hãy tự trả lời; bạn không được xem câu trả lời kia.</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>Trả lời kín</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>Câu trả lời được kiểm tra theo quy tắc “{name}”.</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>Các câu trả lời từ lúc đó được mang theo nếu phiên bản này đọc được. Phiếu trả tiền và tiền cọc được tải lại từ nền tảng, và không ký gì trong kênh của bạn khi chưa biết phiếu mới nhất.</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>Những câu trả lời người giao việc này từ chối</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>Tải bao nhiêu cũng được</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>Những thứ khác được cảnh báo</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Khiếu nại</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>Khiếu nại một kết luận?</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>Nhóm duyệt khiếu nại</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>Hãy khiếu nại khi các lần đó đã lâu hơn, hoặc nhận việc có tiền cọc.</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>Khiếu nại đã quyết định: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>Khiếu nại người làm thắng: {won}/{n}.</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Đã đến</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>Đã đến nền tảng: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>Nếu mới bắt đầu, hãy chọn đợt không cần cọc.</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>Khi chưa gửi, bạn vẫn lấy lại và sửa được.</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>Tính đến {time}</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>Hãy hỏi báo giá mới rồi rút lại.</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>Hãy hỏi báo giá mới.</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>Hãy xin hồi đáp lần nữa; gửi lại tệp của bạn cũng không hại gì.</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>Hãy xin hồi đáp cho tệp mới nhất của bạn, hoặc ghi tệp mới.</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>Hãy nhờ nền tảng kết thúc. Nếu nó không làm, ai cũng làm được: hàm finish_close của hợp đồng chỉ cần mô tả kênh của bạn, có trong tệp phiếu trả tiền, và một ít đồng phí mạng.</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>Đang xin việc…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>Ít nhất 80 % câu trả lời của bạn đúng.</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>Ít nhất 90 % câu trả lời của bạn đúng.</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>Đang đặt cọc</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>Đang đặt cọc cho việc chưa được xét: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>Ở nền tảng</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Trúng kiểm tra</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>Bị kiểm tra ngẫu nhiên: {had}/{n}. Nếu chỉ do may rủi thì khoảng {expected}.</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>Số lần đạt kiểm tra ngẫu nhiên: {n}. Nơi nào có phí kiểm tra thì phí giảm theo số này.</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>Hãy bắt đầu nó trước.</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>Hãy bắt đầu lại việc thanh toán.</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>Làm dở, giữ trên máy này</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>Đang được gửi</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>Hạng cao hơn mở ra việc trả nhiều hơn, rồi đến việc duyệt.</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>Đúng từ 80 đến 95 trên một trăm.</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>Duyệt kín</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>Đã chặn: bạn không còn được đưa việc của {who} nữa.</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Quỹ cọc</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>Tiền cọc khiếu nại đã trả lại</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>Tiền cọc đặt cho khiếu nại</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>Mai hãy đưa lên lại.</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>Mang hồi đáp về cũng theo cách đó.</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>Hãy lấy lại ví từ các từ khôi phục trong một hồ sơ mới.</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>Đang lấy lại việc của bạn: {done}/{total}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>Theo quy tắc của đợt việc: không cần cọc; một phần tiền công trả cho việc kiểm tra.</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>Theo quy tắc của đợt việc: người khác kiểm tra từng câu trả lời.</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>Theo quy tắc của đợt việc: vài người làm cùng một việc đến khi đủ chắc cái gì đúng.</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>Theo quy tắc của đợt việc: một số câu trả lời được bốc thăm để kiểm tra, còn lại được trả đủ.</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>Theo quy tắc của đợt việc: việc được trả tiền, trừ khi hai người lạ do người giao việc trả tiền từ chối.</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>Chỉ do nền tảng</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>Đến quá muộn: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Đợt việc</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>Đợt việc kết thúc</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>Đợt việc đã ẩn: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>Tiền công có thể bị lấy lại</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>Nút chuỗi khối {place} trả lời lung tung.</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>Nút chuỗi khối {place} trả lời, theo kịp chuỗi khối và có các hợp đồng của Gems.</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>Không liên lạc được với nút chuỗi khối {place}.</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>Nút chuỗi khối {place} có các hợp đồng, nhưng khóa của nền tảng chưa đăng ký ở đó.</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>Nút chuỗi khối {place} không thuộc chuỗi của mạng này.</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>Nút chuỗi khối {place} chậm {minutes} phút.</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>Nút chuỗi khối {place} cho thấy hợp đồng khác với của Gems tại các địa chỉ của mạng này.</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>Xác suất bị kiểm tra</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>Hãy đổi điều khoản của đợt việc và lập lại kế hoạch.</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>Đổi mức được chi mà không cần hỏi?</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Kênh</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>Hãy xem thư mục hồ sơ có thuộc về bạn và ổ đĩa có chạy tốt không.</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>Hãy xem địa chỉ nút chuỗi khối trong Cài đặt và kết nối của bạn; Gems sẽ thử lại.</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>Hãy xem lại địa chỉ.</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>Hãy xem lại số tiền và thử lại. Nếu vẫn bị, hãy cập nhật Gems.</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>Hãy xem lại kết nối, hoặc dùng nút chuỗi khối khác.</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>Hãy xem lại kết nối; không có mạng vẫn làm việc được.</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>Hãy kiểm tra ổ đĩa. Nếu thiếu gì, hãy giữ tệp đó.</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>Hãy kiểm tra ổ đĩa; bản sao lưu sau sẽ thay vào.</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>Hãy xem lại USB và tên tệp.</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>Cần việc đã kiểm tra cho thêm một người giao việc nữa mới được duyệt bài.</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>Cần việc đã kiểm tra cho thêm {more} người giao việc nữa mới được duyệt bài.</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>Hãy chọn thời gian chờ từ 7 đến 90 ngày.</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>Hãy chọn tệp kho khóa phiên bản 3 như các ví xuất ra, hoặc dùng các từ khôi phục.</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>Hãy chọn số tiền không quá phần còn trống.</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>Hãy chọn câu trả lời cho từng vùng.</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>Hãy chọn câu trả lời.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Hãy chọn thư mục khác.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Hãy chọn tên khác.</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>Hãy chọn tệp mạng khác.</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>Hãy chọn việc khác, hoặc thử lại sau.</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>Hãy chọn việc khác.</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>Hãy chọn cái khác.</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>Hãy chọn cái tốt hơn cho từng vùng.</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>Hãy chọn cái tốt hơn.</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>Hãy chọn tệp sao lưu.</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>Hãy chọn tệp đúng ở đây.</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>Hãy chọn điều không ổn, và kể lại trong nhiều nhất 500 ký tự.</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>Hãy chọn chỗ sai.</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>Chọn ngôn ngữ của bạn. Lúc nào bạn cũng đổi được.</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>Rút</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>Hãy rút tiền; việc mới cần kênh mới.</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>Hãy rút sau, khi đã gom được nhiều hơn.</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>Hãy rút phần rút được, báo cho nền tảng, và đừng nhận thêm việc cho đến khi có trả lời.</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>Đã rút trước đó</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>Đã rút trước đây, từ máy khác</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>Đã rút tổng cộng</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>Đã rút về ví của bạn</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Rõ ràng</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>Đóng tệp mang việc của bạn đến nền tảng?</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>Hãy đóng lại. Có một ít đồng phí mạng, bạn cũng tự bắt đầu được: hàm start_close của hợp đồng.</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>Hãy đóng khi có nhiều tiền hơn để trả.</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>Hãy tắt các chương trình khác trước khi làm việc có hình hoặc phim lớn.</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>Hãy tắt các chương trình khác đang dùng thư mục rồi thử lại.</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>Hãy khép kín đa giác chưa xong.</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Đóng kênh thanh toán của bạn?</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>Đang đóng</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>Hãy so từng từ với tờ giấy và gõ lại, hoặc làm lại với các từ mới.</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>Hãy so cả địa chỉ với địa chỉ bạn được cho; đừng chỉ so mấy chữ đầu.</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>Hãy so với những gì bạn đã chép, từng từ một, theo thứ tự.</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>Hãy làm đủ từng vùng.</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>Hãy làm cho đủ rồi hoàn thành lại.</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>Hãy nối máy này vào mạng một lần, chừng một phút.</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>Hợp đồng</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>Người đóng góp</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>Hãy chép lại cả địa chỉ và so các chữ đầu và cuối.</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>Hãy chép lại cả khóa; nó có thể bắt đầu bằng 0x.</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>Hãy sửa, hoặc khiếu nại trước {time}: chọn một trong hai.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>Đã sửa</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>Đã tính từ lúc bạn đặt cọc</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>Được tính là {n}: việc dễ, và nhiều việc cho một người giao, được tính ít hơn.</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>Đếm bao nhiêu việc của bạn đã được kiểm tra. Số này chỉ tăng.</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>Ngược đãi động vật</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>Giới hạn mỗi ngày</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>Dữ liệu hôm nay</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>Dữ liệu đã dùng trong 14 ngày qua: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>Thời hạn tính theo giờ của nền tảng, nên bạn không bị trễ vì chuyện này.</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>Không thành; không bị trừ gì</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>Không khớp</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>Đang tranh chấp</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>Việc đang tranh chấp</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>Đang tranh chấp, được xét lại</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>Đang tranh chấp; người duyệt khác đang xét</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>Đừng làm tiếp trong mạng này; hãy so tệp mạng với tệp của nơi phát hành.</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>Đừng làm việc trong mạng này cho đến khi nơi phát hành giải thích. Nếu chỉ một nút chuỗi khối của bạn nói vậy, hãy dùng nút khác, trong Cài đặt.</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>Hãy làm vài việc trước.</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Tài liệu</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Xong</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>Chỉ do nền tảng bốc thăm, không có số gốc của người giao việc: {n}.</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>Số lượt bốc thăm chưa công bố và chưa tính ở đây: {n}.</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>Mỗi dòng là một đợt việc: các việc, tiền công, tiền công mỗi giờ và tiền cọc.</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>Hãy kiếm thêm vào quỹ cọc và khiếu nại trước khi hết hạn.</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>Kiếm được trong {n} ngày qua: {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Thu nhập</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>Hãy nhập địa chỉ một nút của đúng chuỗi trong Cài đặt.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>Mỗi câu trả lời được người khác kiểm tra, và họ phải đồng ý với nhau; bạn được sửa câu trả lời bị từ chối một lần.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>Mỗi câu trả lời được người khác kiểm tra. Tiền cọc {stake} GEM được trả lại cùng tiền công khi họ đồng ý; bạn được sửa câu trả lời bị từ chối một lần.</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>Mỗi thay đổi được lưu ngay. Mất điện cũng không mất gì.</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>Mọi khoản trả đều được hỏi, trong {time} nữa</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>Mọi thứ khác</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>Mọi thứ ở đây để làm thử. Tiền của mạng tập làm không có giá trị.</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>Mọi thứ trong đó đã được trả hết. {amount} GEM đã vào ví của bạn.</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>Đã xét hết; {n} được chấp nhận, sẽ được trả nếu không ai phản đối</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>Đã gửi và xét hết</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>Đã gửi hết; {n} đang chờ kết luận</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>Mọi thứ đã lưu trước đó vẫn còn.</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>Mọi khoản kênh nợ bạn khi thực hiện sẽ được chuyển ra, trừ phí.</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>Mọi thứ bạn làm đã được lưu.</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>Đã ghi bằng chứng vào {path}</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>Ví dụ {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>Ví dụ {n}/{total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>Đang trao đổi với nền tảng</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>Có kinh nghiệm</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>Xuất khóa của ví ra tệp?</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Công bằng</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Phí</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>Phí cho bên chuyển hộ: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>Phí trả người kiểm tra</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Phí chuyển hộ</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>Hãy tải tin mới trước rồi thử lại; nếu vẫn vậy, cho nền tảng xem cả hai con số.</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>Đang tải {done}/{total}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>Ít câu bị từ chối và trả tiền nhanh là dấu hiệu tốt.</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>Ít lượt kiểm tra ngẫu nhiên hơn mức may rủi (1 trên {one_in}).</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tìm việc</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>Hãy làm xong trước khi hết thời gian.</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>Đừng làm thêm gì cho nền tảng này. Thỉnh thoảng hãy để máy này có mạng cho đến khi đóng xong.</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>Đã xong, chưa niêm phong</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>Trước hết là vài ví dụ: phải đúng {share}. Không mất gì, không có tiền công, và có thể làm lại.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Những bước đầu tiên</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>Lần đầu</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>Bị cho là kém</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>Còn trống trong quỹ cọc của bạn</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>Hãy dọn bớt chỗ trống rồi thử lại, hoặc mở phiên bản bạn dùng trước đây.</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>Hãy dọn bớt chỗ rồi thử lại.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>Hãy dọn bớt chỗ, hoặc chọn thư mục hay USB khác.</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>Hãy dọn bớt chỗ, hoặc nhận ít việc hơn.</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>Từ giờ tiền công làm đầy quỹ cọc đến mức này và không hơn: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>Từ quỹ cọc của bạn, khi đóng xong, từ {time}: {amount} GEM.</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>Từ {time} bạn có thể đưa nó lên hợp đồng.</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>Hãy nạp tiền trước, hoặc so điều khoản với khoản đã nạp.</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>Có sẵn tiền</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>Không gửi được GEM đến địa chỉ không.</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>Không gửi được GEM đến địa chỉ này.</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>GEM của bạn để riêng cho tiền cọc và khiếu nại. Phần còn trống bạn có thể lấy ra lại.</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>GEM chỉ của riêng bạn, trên chuỗi khối. Bạn giữ hoặc gửi cho ai cũng được.</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>GEM bạn đặt kèm câu trả lời. Được trả lại nếu câu trả lời được chấp nhận, và mất nếu cuối cùng vẫn bị từ chối.</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>GRAM được hai người duyệt kiểm tra ngẫu nhiên, và họ phải đồng ý với nhau.</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>Đồng phí mạng</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>Lần trước Gems không tắt bình thường.</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>Gems đang mở với hồ sơ này rồi.</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>Gems tự gửi lại.</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>Gems tự gửi phần còn lại.</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>Gems {gems}, Python {python}, Qt {qt}, trên {system}</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>Có thể tải Gems {version} ({size}).</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>Đang chuẩn bị</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>Hãy cho ngày hoặc giờ cho từng vùng.</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>Hãy cho ngày hoặc giờ.</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>Hãy cho một số cho từng vùng.</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>Hãy cho một số.</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>Hãy đánh giá từng vùng.</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>Hãy đánh giá.</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>Hãy nhập số tiền lớn hơn không.</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>Hãy nhập địa chỉ khác.</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>Hãy nhập số tiền khác.</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>Hãy nhập ít hơn.</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>Hãy nhập địa chỉ của một người.</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>Hãy trả thư mục về cho người dùng của bạn, hoặc gỡ khóa chống ghi của ổ đĩa.</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>Hãy tự trả lời.</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>Đã trả lại</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>Vui</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>Cứ làm tiếp. Một giờ nữa hãy xem lại thu nhập.</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>Cứ làm tiếp; nếu vẫn bị, hãy tắt ứng dụng rồi mở lại.</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>Đang quay về bản sao từ trước khi cập nhật</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>Đủ tốt để tiếp tục; thêm việc được kiểm tra sẽ rõ hơn.</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>Hạng</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>Hạng {grade}.</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>Một nửa số tiền công đến nhanh hơn; 95 trên 100 khoản đến trong {time}.</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>Một nửa số bài duyệt mất chưa đến {time}.</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>Một nửa số việc mất chưa đến {time}.</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>Nộp việc đã xong?</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>Nộp các bài duyệt của bạn?</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>Đã đưa cho bên chuyển hộ</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>Thù ghét và xúc phạm</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>Đây là tất cả những gì bạn đã xong, và đang đến đâu.</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>Đã ẩn: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Trang chính</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>Làm trung thực thì trung bình được</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>Số giờ địa chỉ mới phải chờ: {after} thay vì {before}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>Việc bạn làm tốt ít nhất và nhiều nhất đến đâu, theo những lần kiểm tra. Càng nhiều việc được kiểm tra, hai số càng gần nhau.</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>Mất bao lâu từ lúc bạn gửi câu trả lời đến khi tiền công là của bạn.</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>Một việc thường mất bao lâu.</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>Trong một trăm câu trả lời cho người giao việc này, bao nhiêu câu bị từ chối. Thấp là tốt cho bạn.</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>Bao nhiêu câu trả lời của bạn được người khác xem. Bạn không biết được câu nào, nên hãy làm tốt mọi câu.</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>Bao nhiêu lần từ chối bị người khác cho là sai khi xét lại. Cao nghĩa là: nên khiếu nại.</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>Nếu hai lần không mở được, phiên bản trước sẽ trở lại. Ví và việc của bạn vẫn được giữ.</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>Nếu bị từ chối, hãy đọc lý do. Sửa lại, khiếu nại, hoặc cứ để vậy.</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>Nếu không ai trả lời kịp, hợp đồng quyết định theo quy tắc.</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>Nếu từ chối sai, hãy khiếu nại và nói vì sao. Bạn được xem tiền cọc trước.</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>Nếu cửa sổ vẫn đen, hãy đặt GEMS_RENDERER=software.</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>Nếu thua, bạn mất: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>Nếu thua, kết quả từ chối giữ nguyên.</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>Nếu thua, kết quả từ chối giữ nguyên; bạn mất tiền cọc khiếu nại và những gì đã bỏ để khiếu nại.</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>Nếu được làm lại, sửa thường là cách nhanh nhất.</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>Nếu bạn muốn, hãy yêu cầu lại và bấm đồng ý trong cửa sổ đó trong vòng hai phút.</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>Nếu thắng, bạn được {wins} GEM. Nếu thua, bạn mất {loses} GEM.</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>Nếu bạn cũng làm trên máy khác thì không sao. Nếu không, hãy báo cho nền tảng.</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>Trong một ngày: {after} GEM thay vì {before} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>Đang duyệt</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>Trong thời gian đó người giao việc cũng có thể trả cho hai người lạ xem lại; chỉ khi cả hai cho là kém, tối đa {amount} GEM tiền công bị lấy lại.</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>Trong kênh này tổng cộng bạn sẽ đặt cọc: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>Trong sổ địa chỉ của bạn với tên: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>Trong thư mục của bạn</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>Trong ví của bạn</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>Hãy cài lại Gems. Trước đó không hiện được việc có hình.</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>Hãy cài lại Gems; trên Debian, ./dev setup cho biết thiếu gì.</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>Hãy cài lại phiên bản mới nhất.</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>Đợt này cần tiền cọc; quỹ cọc của bạn chưa đủ. Hãy bắt đầu với việc không cần cọc.</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>Hỏi dữ liệu cá nhân, hoặc để lộ dữ liệu đó</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>Đợt này muốn bạn qua bài tập trước; không mất gì cả.</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>Bạn được {amount} GEM.</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>Nó được cài bằng trình quản lý gói của hệ thống, phiên bản mới cũng đến từ đó.</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>Thực hiện được đến: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>Không đọc hoặc không hiểu được</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>Không lấy lại được: đã bắt đầu gửi nên có thể nền tảng đã nhận.</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>Tiền tự đến khi câu trả lời của bạn được chấp nhận.</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>Tốn một ít đồng phí mạng, ai trả cũng được. Mọi người thấy bộ bằng chứng trên chuỗi khối.</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>Bạn không mất gì, và được {amount} GEM khi được chấp nhận. Hạn đến {time}.</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>Bạn không mất gì. Hạn đến {time}.</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>Tốn {size} dữ liệu.</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>Tốn {size} dữ liệu; tải cả chương trình thì hết {whole}.</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>Không theo đúng hướng dẫn</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>Phải đến nơi trước {time}, khi việc đầu tiên trong đó hết hạn.</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>Lừa đảo, hoặc muốn trả tiền bên ngoài nền tảng</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>Trái pháp luật</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>Nó tự được sao chép ngay khi có mạng.</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>Khoản này có từ trước hồ sơ này. Chữ ký của nền tảng hoặc chuỗi khối chứng minh tổng số; từng việc thì không có trên máy này.</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>Không bao giờ thực hiện hai lần.</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>Chưa biết có phiên bản mới hơn hay không.</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>Chưa có trên chuỗi khối. Giờ có thể đưa lên.</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>Đã có trên chuỗi khối và có người khiếu nại: được xét lại đến {time}.</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>Đã có trên chuỗi khối. Hợp đồng có thể trả sau {time}.</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>Đây là một bước, nhiều nhất 1 GEM, và được tính là khoản nợ bạn. Chưa trả thì chưa ký bước khác; phần còn lại của quỹ cọc ở nguyên chỗ.</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>Khoản này còn nợ bạn và sẽ có trong phiếu trả tiền tới.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>Sẽ được trả nếu người giao việc không phản đối trước {time}.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>Sẽ được trả nếu người giao việc không phản đối.</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>Được gửi lại cho đến khi nền tảng ký nhận, và chỉ tính một lần.</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>Gems sẽ thử lại; hãy xem địa chỉ trạm canh trong Cài đặt.</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>Nền tảng có nó đúng như bạn đã gửi.</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>Đến lượt bạn: khiếu nại, hoặc cứ để vậy. Nếu bạn không làm gì, kết quả từ chối giữ nguyên.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>Đến lượt bạn: sửa lại, khiếu nại, hoặc cứ để vậy.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>Đến lượt bạn: sửa lại, hoặc cứ để vậy.</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>Được gửi đi khi có mạng, chậm nhất {time}.</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>Trả khác với những gì đã ghi</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>Có nội dung gây khó chịu mà không cảnh báo</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>Nó đã dùng phiếu cũ hơn phiếu của bạn, nên toàn bộ phần còn lại là của bạn: {amount} GEM khi kết thúc.</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>Muốn tôi mở liên kết hoặc chương trình</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>Được để nguyên. Tiền của bạn ở trên chuỗi khối, và các từ khôi phục mở được nó ở bất cứ đâu.</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>Không được giữ lại, và không mở gì cả.</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>Không được đưa lên chuỗi khối kịp lúc, nên hợp đồng không trả được.</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>Không bị đụng tới.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>Người giao việc phản đối; những người duyệt khác lại chấp nhận.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>Người giao việc phản đối; những người duyệt khác đã từ chối.</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>Người giao việc phản đối. Những người duyệt khác đang xét lại.</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>Người giao việc trả cho hai người duyệt khác xem lại việc đã chấp nhận này.</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>Người giao việc viết:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>Các từ khôi phục của nó nằm trên giấy của bạn: chúng lấy lại ví trên bất cứ máy nào.</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>Các từ khôi phục của nó chưa được so với giấy của bạn. Không có chúng, ví chỉ nằm trong thư mục này.</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>Đã hết hạn trước khi nộp.</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>Chỉ xét theo hướng dẫn, không theo ý thích của bạn.</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>Được xét trước {time}.</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>Cất mười hai từ trên giấy ở nơi an toàn. Mỗi năm xem lại một lần còn đọc được không.</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>Giữ trong kho khóa của hệ thống</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Đã giữ lại.</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>Câu trả lời biết trước</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>Ngày cuối để phản đối</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{n} ngày qua: {paid} GEM một giờ với việc được trả tiền, {all} GEM tính cả giờ không công</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Để sau</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>Sau hơn một tuần</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>Ít nhất và nhiều nhất</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>Hãy bỏ dấu ngăn hàng nghìn.</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>Còn trong quỹ cọc để đặt cọc: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>Hãy để trạm canh hoặc một thư mục giữ bản sao phiếu trả tiền của bạn.</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>Hãy để người nhận nộp.</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Cấp</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>Cấp {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>Cấp: {level}.</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>Số dòng ghi vào {path}: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>Đang khóa cho bạn trong kênh</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>Đang khóa trong kênh</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>Đang khóa trong hợp đồng cho việc còn dở.</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>Lát nữa xem lại hoặc chọn đợt việc khác.</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>Hãy tìm lại sau, hoặc chọn thư mục khác. Phiên bản của bạn vẫn chạy.</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>Hãy tìm lại sau. Nếu lấy từ USB, hãy nhờ ghi lại USB đó.</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>Hãy xem lại khi đến lúc; hộp gửi cho biết khi nào.</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>Hãy tìm lại khi có mạng, hoặc lấy phiên bản mới từ USB.</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>Hãy xem lại.</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>Hãy xem lại số tiền và địa chỉ, rồi thử lại.</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>Hãy xem câu trả lời và hướng dẫn bên cạnh.</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>Hãy xem bộ bằng chứng: nó phải thuộc việc này, đầy đủ và đúng như đã ký.</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>Hãy xem số dư của ví trước khi trả lại lần nữa.</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>Hãy tìm trong Cài đặt, mục Phiên bản mới. Bạn thấy tốn bao nhiêu dữ liệu trước khi tải.</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>Hãy xem ở đây trước khi làm cho người mới.</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>Hãy xem đã có tệp như vậy chưa, và ổ đĩa có đầy không.</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>Đã tìm lúc {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>Cần có mạng để tìm phiên bản mới.</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>Đang tìm phiên bản mới…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>Trung bình bị mất</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>Thua: những người duyệt khác cũng từ chối.</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>Hãy tạo ví. Không mất tiền, không cần ngân hàng, không cần tên.</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>Hãy tạo ví, hoặc lấy lại ví từ các từ của nó.</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>Hãy tạo ví, hoặc lấy lại ví của bạn, trong cửa sổ.</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>Hãy dọn chỗ trước khi nhận thêm việc; những gì đã lưu vẫn an toàn.</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>Hãy dọn chỗ trống rồi tải tiếp. Phần đã tải vẫn được giữ.</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>Nhiều việc cùng loại của một người giao việc, cùng một giá và một bộ quy tắc.</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Dấu</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>Hãy đánh dấu ít nhất một vùng.</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>Đo trên những việc đã thật sự làm.</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Số đo</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>Hình y tế</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>Tin nhắn từ người giao việc: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>Tiền được chuyển đến đó</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>Tiền được chuyển ngay đến đó, trong giới hạn mỗi ngày, mà không cần hỏi.</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>Tiền được chuyển đến đó mà không cần hỏi, trong giới hạn mỗi ngày, sau số giờ này: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>Nhiều lượt kiểm tra ngẫu nhiên hơn mức may rủi (1 trên {one_in}).</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>Gần đây câu trả lời của bạn bị từ chối nhiều hơn thường lệ.</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>Chuyển một phần quỹ cọc sang phần rút được?</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>Đã chuyển từ quỹ cọc sang phần rút được</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>Đã chuyển vào quỹ cọc</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>Hãy nêu một trạm canh hoặc thư mục trong Cài đặt để có bản sao ở nơi khác.</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>Hãy nêu chủ của nó.</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>Tên: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>Không vui cũng không bực</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>Đừng bao giờ chụp ảnh chúng và đừng nói với ai, kể cả chúng tôi.</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>Thông báo mới: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Phiên bản mới</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>Việc mới</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>Người mới</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>Số tin cần có mạng để kiểm tra: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>Tin mới: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>Chín việc được 1 GEM và một việc không được gì: trung bình 0.90.</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>Chưa có câu trả lời nào được xét, nên chưa nói được gì về sự công bằng.</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>Không có yêu cầu nào về việc này đang chờ.</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>Không để lại tệp dở dang nào, và việc của bạn được lưu trên máy này.</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>Chưa có việc nào được xét</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>Chưa có việc nào được xét.</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>Chưa nêu khóa nào.</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>Không còn nữa</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>Lâu không có mạng? Trong Hộp gửi, chọn “Không có mạng…” và ghi tệp vào USB.</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>Chưa biết tỷ giá nào của {code} trong 30 ngày qua. Hãy gõ một tỷ giá, hoặc chờ của nền tảng.</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>Chưa có đánh giá.</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>Không lần từ chối nào bị khiếu nại.</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>Không cần cọc. {fee} tiền công dùng để trả cho việc kiểm tra khi bạn còn mới; {audit} câu trả lời của bạn được kiểm tra. Phí giảm theo mỗi câu trả lời đã kiểm tra và đúng.</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>Không có việc nào ở đây</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>Không có việc nào cần trả tiền.</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>Không có kết luận nào của việc này đang chờ trên chuỗi khối.</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>Không tìm thấy phiên bản Gems nào ở đó.</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>Chưa có việc nào để bốc thăm kiểm tra ngẫu nhiên.</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>Không ai kiểm tra câu trả lời trừ khi người giao việc trả cho hai người lạ làm vậy; còn lại được chấp nhận nguyên như thế.</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>Chưa có ai viết gì ở đây.</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>Không ai xét kịp, nên được tính là chấp nhận.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Không có</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>Lúc này các đợt bạn đang làm chưa có việc cho bạn.</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>Không trúng kiểm tra</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>Chưa đủ việc đã kiểm tra.</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>Không giải thích được bằng những gì có ở đây</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>Chưa công bố</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>Không đúng</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>Không gửi được: cuộc trò chuyện này đã đóng</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>Không chắc? Hãy trả lại; không mất gì.</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>Không được nhận; hộp gửi cho biết phải làm gì: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>Chưa dùng</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>Không mất gì ngoài tiền công; kết quả từ chối giữ nguyên.</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>Chưa đòi được gì trên chuỗi khối với nền tảng này cho đến khi nó đăng ký khóa. Hãy báo cho nó.</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>Không thể nạp số không vào kênh.</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>Chưa trả khoản nào.</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>Không có gì trong đó bị đổi.</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>Chưa trả lời mục nào.</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>Không có gì bị khóa cho việc còn dở.</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>Chuyện này không làm mất gì. Nếu hay xảy ra, hãy lưu báo cáo trong Cài đặt.</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>Không mất gì; ví vẫn đang được tạo.</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>Không thiếu gì. Cuối cùng {amount} GEM từ quỹ cọc sẽ về với bạn.</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>Không còn gì: đã chốt xong.</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>Không cần làm gì. Quỹ cọc tự về khi đóng xong.</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>Không cần làm gì: bước này tự được gửi lại. Nếu nhiều ngày chưa trả, hãy báo cho nền tảng và đừng nhận thêm việc của nó.</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>Không giữ lại gì của nó. Phiên bản của bạn vẫn chạy.</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>Không có gì lạ: may rủi cũng khoảng như vậy.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Không có gì chờ gửi</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>Không có gì chờ gửi. Tệp vẫn có thể hỏi tin mới: kết luận và thanh toán.</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>Không có gì được chấp nhận, và không có gì đang đặt cọc.</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>Không có gì được chấp nhận.</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>Không đổi gì cả, và các từ không được giữ lại.</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>Không đổi gì cả, và những gì bạn gõ không được giữ lại.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Không đổi gì cả.</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>Không đổi gì cả. Ví của bạn vẫn được lưu trên máy này.</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>Không chuyển gì cả.</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>Không gửi gì cả, và mọi thứ đã ký được giữ ở đây.</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>Không gửi gì cả.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>Không ký gì cả và không có gì đang đặt cọc.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>Không ký gì và không đổi gì cả.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>Không ký gì và không gửi gì đến đó. Khóa và việc của bạn ở trên máy này.</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>Không ký gì cả.</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>Chưa lưu gì.</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>Không lưu gì cả.</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>Chưa bị lấy gì. Bạn có thể thử lại.</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>Không lấy gì cả; những gì bạn có ở đây vẫn an toàn, có thể làm xong và gửi.</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>Thông báo hôm nay: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Bây giờ</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>Phím số để chọn câu trả lời; Enter để hoàn thành việc. F2 hiện mọi phím.</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>Số lần người giao việc phản đối câu trả lời đã chấp nhận: {n}; được giữ: {won}.</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>Không của người giao việc nào</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>Trong đó lúc này: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>Trong {last} câu gần đây của bạn, {rejected} bị từ chối: không tốt bằng mức lâu nay.</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>Trong {last} câu gần đây của bạn, {right} đúng: tốt hơn mức lâu nay.</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>Không có mạng: cứ làm tiếp, sẽ gửi sau</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>Trên Debian, hãy cài libpulse0. Việc không có âm thanh và phim vẫn làm được.</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>Trung bình</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>Trên chuỗi khối, đang chờ xác nhận</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>Đang rời quỹ cọc của bạn</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>Đang chuyển ra khỏi quỹ cọc: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>Đang đi: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>Một câu trả lời chờ gửi</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>Sẽ tạo khi niêm phong câu trả lời.</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>Một con số cho biết việc của bạn tốt đến đâu, máy này tính từ các kết luận có chữ ký.</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>Có một phiếu bầu chấp nhận việc này, nên không chứng minh được là bị từ chối.</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>Một người duyệt khác, chưa xét việc này trước đó</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>Có một việc ở đây, làm mất khoảng {time}</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>Còn một việc trong lô này</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>Có mạng</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>Chỉ đặt một nút chuỗi khối, nên không so sánh được những gì nó nói.</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>Chỉ người phân xử ghi trong điều khoản được quyết định việc này.</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>Chỉ hợp đồng các đợt việc được làm điều này.</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>Chỉ hợp đồng phân xử được làm điều này.</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>Chỉ nền tảng đọc được, và không ai sửa được trên đường đi.</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>Chỉ người nhận được nộp khoản trả đã ký này.</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>Chỉ người giao của đợt việc này được làm điều này.</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>Chỉ hai bên của kênh được đóng nó.</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>Dù từ mạng hay từ USB, chỉ nhận những gì nhóm làm ra Gems đã ký.</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>Chỉ bạn đọc được thư mục hồ sơ.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>Ổ đĩa của hồ sơ chỉ còn trống {megabytes} MB.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>Bộ nhớ chỉ còn trống {megabytes} MB.</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>Mở Gems</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>Hãy mở trình duyệt, đăng nhập vào mạng, và thử lại.</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>Mở một đợt để xem bạn có thể được và mất gì trước khi nhận việc.</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>Mở Hộp gửi và đọc vì sao câu trả lời bị từ chối, kèm chỗ được nói đến.</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>Đang mở hồ sơ của bạn</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>Các đợt việc khác</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>Những người khác làm cùng việc này, lần lượt từng người, đến khi đủ chắc câu trả lời nào đúng; không có lượt làm lại.</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>Người khác xét lại. Nếu thắng, bạn nhận tiền công và lấy lại tiền cọc.</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>Người khác dùng máy này đọc được thư mục hồ sơ.</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>Những người duyệt khác xét lại, chậm nhất đến {time}.</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>Việc khác</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>Người làm khác</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Hộp gửi</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>Bị lật lại</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>Còn nợ bạn</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>Trả chậm nhất</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>Đã trả trước đây; việc đó không có trên máy này</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>Đã trả vào kênh của bạn</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>Đã trả vào kênh của bạn.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Đã trả</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>Được trả khi người khác đồng ý</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>Được trả trong phiếu trả tiền tới.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Tiền công</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>Tiền công một bài duyệt</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>Tiền công một việc</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>Tiền công cho câu trả lời bạn đã gửi và chưa quyết định. Đến lúc đó mới là của bạn.</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>Hãy trả cho ít việc hơn.</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>Hãy trả cho ít hơn.</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>Tiền công xem bài sửa của bạn</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>Hãy trả cho một việc trở lên.</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>Tiền công cho các bài duyệt này</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>Trả tiền công từ một đợt việc?</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>Tiền công cho việc đang được xét lại. Sắp quyết định ai được nhận.</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>Tiền công trong phiếu này</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>Trả thu nhập của bạn ra?</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Tiền công mỗi giờ</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>Tiền công đã quyết định nhưng chưa ký. Phiếu trả tiền tới của nền tảng sẽ có nó.</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>Tiền công đã chắc là của bạn nhờ chữ ký của nền tảng. Lúc nào bạn cũng rút được.</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>Kênh thanh toán</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>Không có tiền công và không mất gì.</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>Tiền phạt</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>Tiền phạt khi bị từ chối</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Hình</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>Hình được vẽ bằng card đồ họa.</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>Hình được vẽ không cần card đồ họa, vậy là đủ.</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>Hình của người lạ được mở trong một tiến trình riêng.</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>Trụ cột</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Nền tảng</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Tập làm</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>Tập làm với ba ví dụ</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>Đang chuẩn bị đợt việc: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>Bấm A nếu câu trả lời đúng.</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>Bấm R nếu sai, rồi chọn lý do: người làm cần biết phải sửa gì.</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>Bấm “?” cạnh bất cứ con số nào để đọc nó nghĩa là gì.</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>Có lẽ chưa đến 55 % câu trả lời của bạn đúng.</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>Có lẽ chưa đến 70 % câu trả lời của bạn đúng.</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>Hãy bảo vệ ví bằng mật khẩu thay vào đó.</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>Được bảo vệ bằng mật khẩu của bạn</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>Đã nạp vào hợp đồng</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>Hãy xếp thứ tự các mục cho từng vùng.</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>Hãy xếp thứ tự các mục.</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>Đặt cọc?</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>Gems không hỗ trợ Python {python}.</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>Không tải được Qt.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Thoát</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>Đọc hướng dẫn trước. Nó cho biết thế nào là câu trả lời tốt.</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>Rút được ngay</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>Rút được ngay: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>Hãy làm mới và chọn lại.</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>Hãy làm mới và thử lại.</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>Hãy làm mới để xem tình hình.</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>Hãy làm mới, và xem chuỗi khối lúc này nói gì.</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>Thường xuyên</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Bị từ chối</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>Câu trả lời bị từ chối</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>Bị từ chối lúc {time}.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Quan hệ</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Bên chuyển hộ</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>Ký nhận đủ cho những việc bạn đã được trả?</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>Hãy xóa bớt trước.</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>Đã cài chương trình bằng cách nào thì gỡ bằng cách đó.</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>Hãy gỡ chương trình bằng uninstall.sh trong thư mục của nó.</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>Hãy gỡ chương trình bằng trình quản lý gói của hệ thống.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Người giao việc</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Báo cáo về người giao việc</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>Người giao việc {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>Người giao việc đã chặn: {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>Hãy lấy lại ví từ các từ khôi phục; trước đó dời vault.json sang chỗ khác.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Duyệt</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>Bài duyệt số {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>Bài duyệt số {n}, trả lời kín</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>Người duyệt</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>Bài duyệt đã xét: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Tiền công</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>Tiền công 1 GEM, phí 5 %: bạn thấy và nhận 0.95 GEM.</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>Tiền công một việc</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>Tiền công của việc</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Đúng</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>Đã lưu thành {file}.</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>Hãy niêm phong lại.</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>Niêm phong và gửi câu trả lời</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>Đã niêm phong, chờ gửi</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>Xem lại lần hai</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>Lượt làm lại</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>Tự làm hại bản thân</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>Gửi GEM ra khỏi ví của bạn?</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>Hãy gửi ít việc hơn mỗi lần.</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>Hãy gửi trước {time}.</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>Hãy gửi nó, hoặc lấy lại trước.</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>Hãy gửi ít hơn, hoặc rút tiền trong kênh về trước.</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>Hãy gửi ít hơn, hoặc nạp GEM vào tài khoản trước.</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>Hãy gửi việc đã xong, chờ kết luận, rồi thử lại.</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>Gửi trong vòng</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>Đã bắt đầu gửi câu trả lời này: có thể nền tảng đã nhận.</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>Đang gửi {done}/{total}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Đã gửi</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>Đã gửi đến địa chỉ khác</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>Đã gửi, chưa xét</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>Đã gửi. Hãy trả USB lại, có hồi đáp trong đó: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>Hãy đặt khóa và giới hạn mỗi ngày nếu người khác cũng dùng máy này.</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>Hãy chỉnh đồng hồ máy này; trước đó giờ hiện ra bị lệch.</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>Hãy chỉnh đồng hồ; trước đó Gems tính theo giờ của nền tảng.</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>Hãy chỉnh đúng ngày giờ, rồi tìm lại.</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>Cài đặt, an toàn và sao lưu</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>Số bài duyệt đã chốt của bạn bị lật lại sau đó: {overturned}/{reviews}.</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>Nội dung tình dục</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>Hãy cho nền tảng xem điều này. Nếu bạn có tệp phiếu trả tiền, hoặc biết trạm canh nào giữ phiếu của bạn, hãy tìm phiếu mới hơn ở đó: trong Cài đặt, Tiền, mục Giữ an toàn.</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Đã bỏ qua</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>Vài đợt yêu cầu làm ví dụ trước. Không mất gì, và bạn làm lại được.</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>Một số phần có thể gây khó chịu.</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>Có việc được nhiều hơn, có việc ít hơn hoặc không được gì. Đây là mức trung bình của rất nhiều việc.</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>Có người khiếu nại kết luận đầu; bạn là một trong những người xét lại.</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>Có người bị xúc phạm hoặc đe dọa</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>Có người trong nhóm duyệt không thuộc những người duyệt ghi trong điều khoản của đợt việc.</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>Có người mang USB đến máy có mạng. Không ai đọc hay sửa được việc của bạn.</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>Bên đưa lệnh rút của bạn lên chuỗi khối và trả đồng phí mạng, với một khoản phí nhỏ.</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>Điều khác</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>Ứng dụng gặp lỗi.</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>Kênh của bạn có gì đó không ổn</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>Bỏ sót gì đó</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Âm thanh</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>Giải mã được âm thanh và phim.</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>Máy này không giải mã được âm thanh và phim.</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>Máy này không mở được âm thanh và phim: thiếu một thư viện hệ thống (trên Debian: libpulse0).</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Nhanh chóng</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>Tiền cọc</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>Cọc 0.10, tiền công 0.50: được chấp nhận thì nhận 0.50 và lấy lại 0.10 của bạn.</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>Tiền cọc có thể mất</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>Đã trả lại tiền cọc</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>Mất tiền cọc</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>Đã đặt cọc</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>Tiền cọc, mất khi bị từ chối</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>Đứng ra bảo đảm một đợt việc?</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>Hãy mở Gems từ màn hình làm việc.</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>Hãy mở Gems một lần để tạo nó.</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>Hãy mở Gems: nó khôi phục bản sao lành mới nhất và giữ lại tệp hỏng. Hãy kiểm tra ổ đĩa.</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>Hãy mở phiên bản mới hơn, hoặc khôi phục ví từ các từ khôi phục trong một hồ sơ mới.</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>Hãy mở với --home và một thư mục trên ổ đĩa của máy này, hoặc làm cho thư mục này dùng được.</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>Mới bắt đầu</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>Đang khởi động chuỗi khối</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>Đang khởi động nền tảng</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>Hãy giữ mạng một lát: Gems tự đưa lại cho nền tảng. Sau đó hãy thử lại.</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>Hãy giữ mạng một lát: Gems tự gửi chúng. Sau đó thử lại.</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>Còn lại để rút</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>Hãy dùng ít nhất {n} ký tự; vài từ nối nhau thì dễ nhớ.</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>Hãy nhận đủ việc khi đang có mạng.</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>Hãy lấy lại trước, nếu được.</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>Đừng nhận thêm việc của nền tảng này cho đến khi khóa của nó được đăng ký.</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>Đừng nhận việc và đừng gửi tiền trong mạng này; hãy so tệp của nó với tệp của nơi phát hành.</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>Hãy nhận việc khi đang có mạng; bạn làm được cả khi không có mạng.</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>Hãy bỏ quyền đọc của họ: chmod 700 cho thư mục.</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Nhận những việc đầu tiên</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>Đã lấy lại</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>Nhận việc</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>Việc số {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>Việc số {n}, đã sửa</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>Việc {index}, lượt {attempt}: người khác xét lại trong vòng {round}.</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>Việc {n} của {campaign}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>Việc đã xét: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>Việc sắp hết hạn: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>Việc bạn nhận được giữ cho bạn đến một lúc nhất định. Trước lúc đó không ai khác nhận được.</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>Việc đã hết hạn: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>Chừng mười việc; bạn làm được khi không có mạng.</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>Văn bản</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>Đó là trong một giờ</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>Mật khẩu này không mở được ví.</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>Trang Tin cậy cho biết đã đến đâu.</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>Tài khoản có ít GEM hơn số cần gửi.</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>Số tiền đã thay đổi.</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>Số tiền lớn hơn mức kênh chứa được.</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>Số tiền bằng không hoặc quá lớn.</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>Câu trả lời trước khi sửa</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>Câu trả lời chưa đầy đủ</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>Câu trả lời không có chữ ký của người làm việc này.</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>Câu trả lời bị từ chối</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>Câu trả lời không được ghi lên chuỗi khối trước hạn.</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>Câu trả lời không có chữ ký của nền tảng.</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>Nhóm duyệt khiếu nại đang xét. Bạn không cần làm gì.</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>Bản giao việc không có chữ ký của nền tảng.</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>Thanh này cho thấy mức ít nhất và nhiều nhất đã chắc đến giờ. Mỗi lần kiểm tra làm nó ngắn lại.</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>Nút lớn đưa bạn đi tiếp: đến việc kế tiếp, hoặc đến việc mới.</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>Hóa đơn không có chữ ký của nền tảng.</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>Tiền cọc khiếu nại và tiền cọc của việc; kết quả từ chối giữ nguyên.</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>Mất {amount} GEM tiền cọc khiếu nại.</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>Đã lưu mức quỹ cọc muốn giữ.</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>Tiền cọc bạn bỏ ra</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>Tiền cọc khiếu nại; kết quả từ chối giữ nguyên.</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>Xe buýt lại trễ một tiếng.</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>Đợt việc không có vòng này.</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>Đợt việc chưa kết thúc.</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>Đợt việc của bài duyệt này không có trên máy này.</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>Đợt việc của việc này không có trên máy này.</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>Đợt việc kết thúc quá xa trong tương lai.</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>Đợt việc như vậy đã kết thúc rồi.</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>Số vòng, xác suất kiểm tra ngẫu nhiên hoặc tiền phạt của đợt việc là không thể có.</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>Hợp đồng các đợt việc có bên phân xử khác.</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>Các đợt việc cần có bên phân xử.</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>Bộ bằng chứng nói về lần giao khác của việc này.</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>Đã ghi bộ bằng chứng vào {path}</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>Lúc này không hỏi được chuỗi khối.</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>Chuỗi khối có kết luận khác với kết luận này.</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>Chuỗi khối không có tiền nào cho đợt việc này.</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>Chuỗi khối không biết kênh này.</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>Nút chuỗi khối không nhận giao dịch: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>Các nút không cho thấy gì mới hơn nửa giờ: chúng đã ngừng theo chuỗi khối.</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>Chuỗi khối nói khác nền tảng về tiền: xem bên dưới.</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>Kênh đang đóng hoặc đã đóng.</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>Kênh không trong lúc đóng.</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>Kênh chưa được lưu.</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>Chính việc kiểm tra bị lỗi.</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>Lệnh rút đến muộn hơn mức bạn cho phép.</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>Lệnh rút không được nhận.</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>Đồng hồ máy này bị sai.</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>Đồng hồ máy này có vẻ bị sai.</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>Lệnh đóng đang được thực hiện rồi.</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>Lệnh đóng đã đưa cho bên chuyển hộ. Lát nữa chuỗi khối sẽ báo kết quả.</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>Chưa kết thúc việc đóng kênh được.</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>Việc đóng kênh của bạn lẽ ra kết thúc được từ một ngày trước, mà nền tảng chưa kết thúc.</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>Lệnh đóng kênh bạn yêu cầu đã không được thực hiện.</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>Tiền thế chấp đang được rút ra rồi.</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>Hợp đồng đã trả vào ví của bạn.</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>Hợp đồng giữ quỹ cọc cho bạn. Không có ngày chót để kết thúc, và không ai khác lấy được.</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>Hợp đồng không được lấy nhiều GEM như vậy từ tài khoản.</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>Hợp đồng từ chối lệnh mà không nói lý do: có số không hợp, hoặc phí mạng quá ít.</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>Hợp đồng từ chối lệnh: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>Hôm nay hợp đồng không quyết toán thêm cho đợt việc này.</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>Bản sao này là của ngày {day}. Số mục phiên bản mới hơn đã ghi từ đó: {count}.</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>Không đọc được cơ sở dữ liệu.</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>Cơ sở dữ liệu bị hỏng.</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>Cơ sở dữ liệu tốt: {answers} câu trả lời, {unsent} chưa gửi.</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>Cơ sở dữ liệu của hồ sơ này đã bị hỏng.</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>Cơ sở dữ liệu do phiên bản Gems mới hơn ghi.</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>Ngày của máy này bị sai.</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>Quyết định về câu trả lời của bạn: được chấp nhận, hoặc bị từ chối kèm lý do.</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>Chưa hết thời gian chờ rút ra.</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>Không dùng được bản mô tả mạng.</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>Ổ đĩa đầy nên không lưu được.</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>Ổ đĩa đầy.</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>Tài liệu không có trang này.</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>Tài liệu bị khóa bằng mật khẩu.</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>Có thể dừng và tải tiếp bất cứ lúc nào. Trong lúc đó bạn cứ làm việc.</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>Lượt bốc thăm đã được tính lại trên máy này.</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>Quỹ ký gửi có quá ít cho kết luận này.</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>Đã ghi bằng chứng vào {path}</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>Càng ít càng tốt: hãy xét theo điều được yêu cầu.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Không đọc được tệp.</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>Không ghi được tệp vào đó.</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>Không mở được tệp.</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>Không ghi được tệp.</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>Tệp bị hỏng.</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>Tệp chưa có trên máy này.</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>Tệp quá lớn, mở không an toàn.</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>Tệp trên ổ đĩa không phải tệp của việc này.</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>Tệp mở bằng mật khẩu bạn vừa gõ cho nó.</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>Tệp chứa ví bị hỏng.</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>Tệp chứa ví của bạn bị hỏng.</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>Mở tệp mất quá lâu.</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>Không đọc hoặc ghi được các tệp của hồ sơ này.</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>Việc đầu tiên: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>Báo cáo đầu tiên giữ nguyên.</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>Hai nút đầu được so với nhau trước khi tin số tiền.</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>Bốn con số cho biết bạn kiếm được gì, rút được gì, gì đang duyệt và gì đang chờ gửi.</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>Phiếu cao nhất nó đã ký cho bạn có hiệu lực và được giữ ở đây. Hai chữ ký của nó chứng minh điều đó.</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>Khóa mà nền tảng dùng để ký chưa được đăng ký cho nó trên chuỗi khối.</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>Khóa đã ký không được đăng ký trên chuỗi khối cho nền tảng này.</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>Đã ghi khóa vào {path}</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>Nhãn sai</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>Danh sách ở cuối cho biết vì sao mỗi khoản đến hay đi.</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>Danh sách kênh và danh sách số tiền dài không bằng nhau.</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>Mạng tập làm trên máy không khởi động được.</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>Câu trả lời của bạn không bị bốc thăm, nên không ai kiểm tra: được chấp nhận.</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>Tiền chưa được kiểm tra trên chuỗi khối.</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>Tiền dùng để trả công cho bạn. Một GEM có nhiều phần nhỏ, để trả được cho việc nhỏ.</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>Tiền trong quỹ ký gửi này đang được rút ra rồi.</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>Máy này đã kiểm tra tiền trên chuỗi khối.</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>Mạng này đòi đăng nhập riêng trước.</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>Mật khẩu mới có hiệu lực từ giờ.</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>Không ghi được phiên bản mới: ổ đĩa đầy, hoặc không được phép ghi ở đó.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>Phiên bản mới chạy từ lần mở Gems sau, không bao giờ giữa lúc bạn đang làm.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>Phiên bản mới sẽ chạy từ lần mở Gems sau. Việc bạn đang làm không bị ngắt.</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>Không đọc được bản sao lưu mới nhất.</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>Bản mới nhất, từ {time}</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>Hạng tiếp theo, {grade}, còn xa.</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>Người điều hành đã trả lời khiếu nại của bạn, và việc loại vẫn giữ nguyên. Bạn có thể viết lại.</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>Những người duyệt khác đồng ý với bạn.</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>Những người duyệt khác kết luận khác, nên bài duyệt này không được trả tiền.</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>Nhóm duyệt không có chỗ này.</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>Nhóm duyệt không theo thứ tự địa chỉ.</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>Nhóm duyệt không có chữ ký của nền tảng.</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>Phần giữ khóa của Gems đã dừng.</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>Mật khẩu trống.</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>Mật khẩu quá ngắn.</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>Khoản trả không có chữ ký của người giao đợt việc.</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>Khoản trả của hóa đơn này chưa được đổi.</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>Giấy phép lấy GEM đến quá muộn.</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>Không mở được hình.</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>Hình bị hỏng.</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>Hình chưa có trên máy này.</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>Hình quá lớn, hiện không an toàn.</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>Hình trên ổ đĩa không phải hình của việc này.</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>Mở hình mất quá lâu.</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>Nền tảng trả lời, có chữ ký bằng khóa của nó, trong {milliseconds} ms.</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>Nền tảng vừa được khôi phục từ bản sao lưu và chưa có các phiếu trả tiền mới nhất của bạn.</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>Không liên lạc được với nền tảng.</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>Nền tảng không truy cập được các tệp hình ảnh, âm thanh của nó.</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>Nền tảng không truy cập được kho dữ liệu của nó.</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>Nền tảng không liên lạc được với chuỗi khối.</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>Nền tảng đóng kênh của bạn</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>Nền tảng không đọc được những gì đã gửi.</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>Nền tảng tính cả những kết luận mà máy này từ chối vì bằng chứng không vững. Chúng được xem lại mỗi lần khởi động; nếu vẫn vậy, cho nền tảng xem các con số. Kết luận bị từ chối: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>Nền tảng tính thành tích của bạn khác với máy này, nên tiền công và xác suất kiểm tra ngẫu nhiên không phải của bạn. Số lần đạt kiểm tra ngẫu nhiên liên tiếp, số việc loại này đúng, và số việc loại này đã kiểm tra, theo nó và theo máy này: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>Nền tảng tính {theirs} lần đạt kiểm tra ngẫu nhiên, máy này tính {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>Nền tảng tính {theirs} việc đã kiểm tra, máy này tính {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>Nền tảng tính {theirs} câu trả lời đúng, máy này tính {ours}.</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>Nền tảng không nhận đăng nhập.</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>Nền tảng không nhận</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>Nền tảng không nhận.</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>Nền tảng không nhận. Những gì bạn bỏ ra cho nó lại là của bạn.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>Nền tảng không nhận khiếu nại của bạn: nó đến quá muộn.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>Nền tảng không nhận khiếu nại của bạn; kết quả từ chối giữ nguyên.</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>Nền tảng không cho tài khoản của bạn làm điều này.</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>Nền tảng không còn giữ thứ này.</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>Nền tảng không có đợt việc này.</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>Nền tảng không nhận việc của bạn. Nếu đưa lên chuỗi khối trước khi hết hạn thì được tính là đã nộp; nếu không có kết luận, hợp đồng có thể trả bạn từ tiền thế chấp của nền tảng.</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>Lúc này nền tảng không giao thêm việc.</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>Nền tảng xếp bạn hạng {theirs}, máy này tính ra {ours}.</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>Nền tảng không giao việc cho bạn nữa. Một người ở nền tảng sẽ đọc những gì bạn viết.</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>Nền tảng đã mất dữ liệu mới nhất. Phiếu trả tiền và việc của bạn đã được đưa lại cho nó.</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>Nền tảng đã báo sẽ rút tiền thế chấp về.</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>Nền tảng đã nhận và đang hỏi những người duyệt khác.</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>Nền tảng đã mất dữ liệu mới nhất và không nhận lại phiếu trả tiền của bạn.</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>Nền tảng không có tiền thế chấp để trả khoản này.</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>Nền tảng chưa làm phần của mình. Bạn có thể đưa lên hợp đồng.</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>Nền tảng chưa trả một bước ra khỏi quỹ cọc mà bạn đã ký.</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>Nền tảng không có gì mới cho bạn.</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>Nền tảng chỉ có một phần của thứ này.</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>Nền tảng đã chứng tỏ với chuỗi khối rằng nó không nợ gì cho việc này.</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>Nền tảng đã ký nhận</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>Nền tảng đã ký rằng nó nhận được việc của bạn, nhưng không đưa ra kết luận. Hợp đồng có thể trả bạn từ tiền thế chấp của nền tảng.</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>Nền tảng đã nhận khiếu nại của bạn; những người duyệt khác sẽ xét lại.</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>Nền tảng đang đóng kênh của bạn và bên chuyển hộ của nó không nhận lệnh rút của bạn.</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>Nền tảng đang đóng kênh thanh toán của bạn.</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>Nền tảng đang rút tiền thế chấp về, nên không đặt cọc cho việc của nó.</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>Nền tảng được lấy từ tiền của đợt việc, tổng cộng: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>Nền tảng gặp lỗi của chính nó.</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>Nền tảng đưa ra bài duyệt với tiền công hoặc tiền cọc khác với lời hứa của đợt việc.</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>Nền tảng đưa ra việc với tiền công, tiền cọc hoặc xác suất kiểm tra ngẫu nhiên khác với lời hứa của đợt việc.</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>Nền tảng mở nó đến {time}.</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>Nền tảng nợ bạn đúng số đó, rút được ngay. Nếu nó không trả lời, bạn chỉ có thể mất bước này.</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>Nền tảng đã từ chối.</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>Nền tảng nói bạn đã đặt cọc nhiều hơn mức máy này biết.</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>Nền tảng nói {theirs}; các kết quả đã ký cho ra {ours}.</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>Nền tảng đưa ra phiếu trả tiền ít hơn phiếu nó đã công bố.</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>Nền tảng đã ký rằng nó có câu trả lời của bạn.</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>Nền tảng đã ký hai phiếu trả tiền khác nhau với cùng một số.</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>Nền tảng đã ký tiền công của bạn</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>Nền tảng vẫn còn thời gian để trả lời yêu cầu này.</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>Nền tảng vẫn còn thời gian để trả lời.</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>Nền tảng vẫn còn thời gian, đến {time}. Sau đó có thể đưa lên.</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>Nền tảng nhận tệp gửi lên theo cách khác.</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>Nền tảng chờ bạn ký nhận đủ cho những việc nó đã trả.</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>Nền tảng muốn bạn đăng nhập lại.</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>Tệp phiếu hằng ngày của nền tảng ghi ít hơn mức nó đã ký cho bạn trước đó.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>Ở đây không có khóa của nền tảng cho tệp mang đi.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>Khóa của nền tảng cho tệp mang đi đã quá cũ.</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>Chưa có khóa của nền tảng ở đây. Hãy nối máy này vào mạng một lần, chừng một phút.</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>Khóa của nền tảng chưa đăng ký trên chuỗi khối, nên không đặt cọc cho việc của nó.</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>Chữ ký của nền tảng cho mọi khoản nó nợ bạn. Có nó, chuỗi khối sẽ trả cho bạn, dù có chuyện gì.</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>Chữ ký của nền tảng đã được kiểm tra trên máy này khi nó đến.</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>Tiến trình mở hình không khởi động được.</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>Hồ sơ đang mở trong cửa sổ Gems khác.</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>Hồ sơ {profile} chưa có trên máy này.</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>Có hồ sơ {profile}.</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>Không ghi được vào thư mục hồ sơ.</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>Biên nhận không có chữ ký của nền tảng.</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>Bản ghi âm hoặc phim được mã hóa theo kiểu không được phép ở đây.</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>Bản ghi âm, phim hoặc tài liệu quá dài, mở không an toàn.</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>Lệnh bị từ chối không đổi gì cả, và không có GEM nào được chuyển.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>Lệnh bị từ chối không đổi gì cả. Những gì trong quỹ ký gửi ở nguyên đó.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>Lệnh bị từ chối không đổi gì cả. Bằng chứng của bạn được giữ và có thể đưa lên lại.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>Lệnh bị từ chối không đổi gì cả. Phiếu trả tiền của bạn được giữ trên máy này.</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>Kết quả từ chối là cuối cùng. Bạn mất tiền cọc {amount} GEM.</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>Phí chuyển hộ cao hơn số tiền rút được.</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>Giấy ký nhận đủ không có chữ ký của người làm.</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>Không lưu được báo cáo: ổ đĩa đầy hoặc không ghi được.</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Người giao việc</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>Người giao việc đã phản đối.</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>Đã đến lúc người giao việc được rời đi: không có kết luận mới.</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>Tiền công cao hơn mức trong điều khoản.</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>Tiền công không được hơn mức của lượt làm lại.</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>Tiền công của việc; tiền cọc khiếu nại và tiền cọc được trả lại, và lần từ chối không bị tính.</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>Tiền công của việc; tiền cọc được trả lại, và lần từ chối không bị tính.</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>Quy tắc: người khác làm cùng việc này, đến khi đủ chắc câu trả lời nào đúng.</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>Quy tắc: hai người lạ xem việc này. Chỉ khi cả hai cho là kém, một phần tiền công bị lấy lại.</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>Quy tắc: {k} trên {n} người duyệt phải đồng ý.</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>Điểm đi từ {first} đến {last}.</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>Màn hình tự dùng phím này. Hãy bấm một chữ, một số hoặc một dấu.</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>Cửa hàng mở lúc chín giờ.</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>Chữ ký không phải của tài khoản có số GEM đó.</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>Khoản trả đã ký đến quá muộn.</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>Khoản trả đã ký chưa có hiệu lực.</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>Lúc này không đọc lại được các phiếu bầu đã ký. Chúng đã được kiểm tra khi đến.</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>Nguồn của một tỷ giá bắt đầu hoặc kết thúc bằng dấu cách.</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>Nguồn của một tỷ giá không phải một dòng chữ thường, nhiều nhất 80 ký tự.</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>Tiền cọc của việc, mà lượt làm lại có thể cứu được; kết quả từ chối giữ nguyên.</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>Tiền cọc bạn đã đặt</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>Tiền cọc không được nhận.</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>Chữ ký đặt cọc không phải của người làm trong kênh.</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>Kho khóa của hệ thống giữ được khóa của ví.</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>Việc kết thúc mà không có kết luận, nên tiền bạn đặt đã trở về.</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>Việc này không có trong hóa đơn đã ký.</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>Điều khoản đòi ít phiếu bầu hơn nửa nhóm duyệt.</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>Điều khoản đòi nhiều phiếu bầu hơn số người trong nhóm duyệt.</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>Điều khoản cho hơn 30 ngày để làm lại.</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>Điều khoản không nêu nền tảng, hoặc nêu nền tảng không thể có.</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>Điều khoản không nêu người giao việc, hoặc nêu người không thể có.</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>Điều khoản không trả gì cho một việc.</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>Phần chia tiền công trong điều khoản nằm ngoài giới hạn.</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>Thời gian khiếu nại chưa hết.</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>Thời gian khiếu nại nằm ngoài giới hạn.</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>Đã hết thời gian khiếu nại.</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>Đã hết hạn cho việc này</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>Đã hết thời gian cho việc này.</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>Việc đầu tiên trong đó đã hết hạn.</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>Đã hết hạn khiếu nại.</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>Không tạo được token nếu không có người nhận.</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>Token đã không chuyển GEM.</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>Việc chuyển tiền không được nhận.</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>Hai tin không mâu thuẫn với nhau.</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>Hai phần của bộ bằng chứng nói về hai việc khác nhau.</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>Hai mật khẩu không giống nhau.</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>Bản cập nhật chưa được cài.</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>Kết luận và các phiếu bầu đều có chữ ký. Máy này đã kiểm tra từng chữ ký và tự tính số tiền này.</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>Câu trả lời của những người duyệt là câu trả lời của việc; không có lượt làm lại.</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>Phiên bản đang cài vẫn chạy. Ví và việc của bạn không bị đụng đến.</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>Các phiếu bầu không theo thứ tự chỗ ngồi.</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>Phiếu trả tiền không có gì thêm ngoài phần đã rút.</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>Phiếu trả tiền được giữ trên máy này.</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>Phiếu trả tiền không được ký bằng khóa của kênh này.</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>Đã chờ xong. Hợp đồng trả ngay khi có ai yêu cầu.</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>Ví đang khóa.</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>Chưa bắt đầu rút tiền thế chấp ra.</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>Chưa bắt đầu rút quỹ ký gửi này ra.</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>Người làm việc này lại ngồi trong nhóm duyệt của nó.</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>Bạn có thể mất {amount} GEM đã đặt cọc.</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>Sau đó mở Tìm việc và nhận những việc đầu tiên.</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>Sau đó kết luận của người khác đến; tiền công được cộng ngay khi đủ người đồng ý.</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>Có ít phiếu bầu hơn mức cần cho một kết luận.</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>Còn tin mới nữa; hãy ghi thêm một tệp để lấy</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>Tệp không có hình chuyển động.</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>Có phiếu bầu cho việc không có câu trả lời.</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>Đã có hồ sơ mang tên này.</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>Có màn hình để vẽ.</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>Có ví, nhưng các từ khôi phục chưa từng được gõ lại.</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>Có ví; các từ của nó đã được chép ra và gõ lại.</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>Kênh của bạn có ít hơn phí chuyển hộ.</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>Tệp không có âm thanh và cũng không có hình.</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>Chưa có bản sao lưu nào của cơ sở dữ liệu.</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>Không có hợp đồng các đợt việc tại địa chỉ đã cho.</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>Ở đây không có bản sao nào từ trước khi cập nhật.</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>Chưa có cơ sở dữ liệu.</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>Ở đây không có kết luận cuối cùng về việc này.</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>Không còn vòng nào để khiếu nại lên.</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>Không có kho khóa nào dùng an toàn được.</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>Ở đó không có phiếu mới hơn; phiếu của bạn là mới nhất.</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>Không có kênh thanh toán nào đang mở để chuyển tiền.</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>Chưa có kênh thanh toán.</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>Không có báo cáo về người giao việc này.</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>Không đủ chỗ cho tệp.</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>Không có màn hình để vẽ.</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>Tệp không có âm thanh.</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>Không có thư mục như vậy cho tệp phiếu trả tiền.</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>Phim không có hình như vậy.</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>Máy này không có hồ sơ như vậy.</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>Không có token tại địa chỉ đã cho.</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>Ở đây không có kết luận nào chờ bạn.</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>Ở đây không có kết luận nào bạn khiếu nại được.</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>Không có kết luận nào để khiếu nại.</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>Chưa có phiếu trả tiền.</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>Ở đây chưa có ví.</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>Chưa có ví.</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>Lúc này không có việc loại này.</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>Quỹ cọc của bạn không trống nhiều như vậy.</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>Ở đây không có gì để hợp đồng trả: đã trả rồi, hoặc nền tảng vẫn còn thời gian.</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>Chưa có gì để hợp đồng trả cho việc này.</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>Số tiền rút được chưa đáng so với phí chuyển hộ.</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>Ổ đĩa còn quá ít chỗ cho việc này.</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>Ổ đĩa còn quá ít chỗ.</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>Ổ đĩa không đủ chỗ: còn thiếu {size}.</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>Không có mạng.</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>Số việc này nhiều hơn mức một đợt có thể có.</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>Đây không phải các từ của ví mới của bạn.</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>Đây là con số cho người mới; chúng thay đổi theo việc đã kiểm tra của bạn.</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>Những chỗ này không có từ trong danh sách: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>Chúng đã được ký và sẽ gửi đi khi có mạng.</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>Họ không thấy câu trả lời của bạn trước khi đưa câu trả lời của mình.</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>Họ viết:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>Địa chỉ này không có trong sổ địa chỉ của bạn.</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>Số tiền này có thể đọc theo hai cách.</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>Câu trả lời này đã rời hộp gửi.</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>Câu trả lời này chưa đầy đủ: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>Câu trả lời này đã được chấp nhận; người giao việc trả cho bạn để xem lại.</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>Đợt việc này không có bài tập.</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>Đợt việc này chỉ dành cho hạng A.</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>Đợt việc này dành cho hạng B trở lên.</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>Đợt việc này dành cho hạng C trở lên.</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>Đợt việc này đã kết thúc.</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>Tệp mang đi này được niêm phong cho nền tảng khác, hoặc quá lâu rồi.</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>Máy này tự cộng số tiền còn nợ bạn, và không nhận phiếu nào ít hơn.</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>Máy này không có kho khóa an toàn, hoặc kho đang đóng.</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>Máy này đã thấy trên chuỗi khối.</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>Đồng hồ máy này khớp với nền tảng.</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>Đồng hồ máy này lệch {minutes} phút so với nền tảng.</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>Mâu thuẫn này đã được chứng minh trước đó.</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>Bản này được làm ra không kèm phần cập nhật.</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>Tệp này không có phiếu trả tiền.</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>Đây là tệp mang đi, không phải hồi đáp.</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>Đây là hồi đáp, không phải tệp để gửi.</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>Việc này dành cho người điều hành nền tảng: hãy xem tiền thế chấp trước.</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>Thông báo trông như thế này</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>Số GEM này nhiều hơn mức một đợt việc chứa được.</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>Số này nhiều hơn mức được chi mỗi ngày mà không cần hỏi: {limit} GEM, hôm nay đã dùng {spent} GEM.</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>Đây không phải địa chỉ, hoặc có một chữ bị sai.</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>Đây không phải tệp mang đi, hoặc nó bị cắt mất.</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>Đây không phải địa chỉ đúng: có chữ hoặc số bị sai, thiếu hoặc thừa.</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>Đây không phải tệp kho khóa mà Gems mở được.</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>Hình này không thuộc loại được phép (PNG, JPEG hoặc WebP).</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>Đây không phải khóa riêng tư: khóa có 64 ký tự gồm số 0 đến 9 và chữ a đến f.</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>Bản ghi âm, phim hoặc tài liệu này không thuộc loại được phép (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>Đây không phải số tiền GEM.</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>Đây không phải lượt trước khi làm lại.</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>Đây không phải mã của một loại tiền.</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>Đây không phải giá của một GEM.</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>Đây là phiên bản mới nhất.</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>Đây là đợt việc của chính bạn.</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>Khóa này không được đăng ký cho nền tảng.</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>Số bài duyệt được nộp, niêm phong lúc {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>Số việc được nộp, niêm phong lúc {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>Số việc được ký nhận đủ, niêm phong lúc {time}: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>Việc này không chuyển tiền.</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>Mạng này tính dung lượng, và bạn để dành cho việc khác.</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>Không hỏi nút này nữa: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>Lựa chọn này không gán phím được.</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>Hồ sơ này đã có ví.</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>Chương trình không tự cập nhật được: không ghi được vào thư mục của nó.</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>Hồi đáp này thuộc về tệp của người khác, hoặc tệp bạn ghi từ lâu.</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>Hồi đáp này bị đổi hoặc hỏng trên đường đi nên đã bị từ chối.</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>Bài duyệt này làm bằng cách tự làm việc đó.</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>Bài duyệt này không còn mở.</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>Khoản trả đã ký này đã được thực hiện hoặc đã bị thu lại.</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>Việc này không trả lại được nữa.</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>Việc này không phải bài duyệt kín.</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>Việc này không có trên máy này.</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>Việc này không còn mở.</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>Việc này không sửa được.</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>Việc này đã được chấp nhận và trả tiền trước đó.</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>Việc này đã được đưa lên chuỗi khối trước đó.</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>Việc này chưa được trả trước.</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>Ví này không có mật khẩu.</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>Việc này đã được làm theo cách khác.</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>Việc này chưa được xác nhận trong cửa sổ riêng của ví.</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>Thứ này chưa được ký: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>Trạm canh này không nhận thêm bản sao: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>Không biết cách lưu ví này.</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>Việc này không được nhận: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>Người kiểm tra không thấy câu trả lời của bạn trước khi họ tự trả lời.</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>Ba ví dụ</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Giờ</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>Thời gian cho một việc</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Thời gian còn lại</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Thời gian trả tiền</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>Thời gian cho những việc không được gì: trả lại, bị từ chối hoặc bỏ qua.</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>Phải tải xuống</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Dung lượng tải cho một việc</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>Chuyển tiền công từ kênh vào ví của bạn. Sau đó bạn mới gửi đi tiếp được.</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>Đến địa chỉ này:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>Về ví của bạn ngay: {amount} GEM. Phí chuyển hộ là {fee} GEM.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hôm nay</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>Đã dùng hết dung lượng hôm nay.</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Cộng lại</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>Quá ít câu trả lời đã kiểm tra của bạn đúng để tiếp tục.</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>Còn quá ít việc được xét để biết việc hay bị từ chối đến đâu.</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>Còn quá ít việc đã làm để đo.</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>Quá nhiều yêu cầu trong thời gian ngắn.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>Đã thử {n} lần; thử lại lúc {time}.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>Đã thử {n} lần; thử lại khi có mạng.</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Tin cậy</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>Điểm tin cậy</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>Hãy thử lại sau một phút.</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>Hãy thử lại sau.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>Hãy thử lại. Nếu vẫn vậy, hãy khởi động với --fresh để bắt đầu lại mạng tập làm.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>Hãy thử lại; nếu vẫn vậy, hãy trả lại việc, không mất gì.</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>Hãy thử nhận việc lại.</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>Mười hai từ</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>Mười hai từ mở được ví của bạn ở mọi nơi. Ai có chúng là có tiền của bạn: đừng nói với ai.</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>Hai người duyệt khác cho là kém: một phần tiền công đã trả về người giao việc.</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>Hãy gõ lại; xem Caps Lock và bàn phím. Các từ khôi phục cũng lấy lại được.</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>Hãy gõ hai lần giống nhau.</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>Với GRAM, tiền cọc của người làm phải bằng tiền phạt.</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>Trong mục Đọc, bạn đổi ngôn ngữ, cỡ chữ và màu sắc.</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>Trong mục Việc và dữ liệu, bạn chọn mỗi ngày chương trình được dùng bao nhiêu megabyte.</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>Dưới mỗi việc, bạn thấy tiếp theo sẽ thế nào và đến khi nào.</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>Hãy mở khóa ví lần nữa; nếu không được, hãy khởi động lại Gems.</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>Hãy mở khóa ví rồi thử lại.</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>Giờ không công</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>Khi khóa chưa đăng ký, Gems không đặt cọc cho việc của nó: sẽ không hợp đồng nào xét bộ bằng chứng của bạn.</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>Câu trả lời của bạn phải được gửi trước lúc đó. Sau đó việc được giao cho người khác.</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>Khi chuyện này chưa xong, Gems không đặt cọc cho việc của nó.</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>Đến lúc này bạn hoặc bên kia có thể phản đối. Sau đó kết luận giữ nguyên mãi.</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>Hãy cập nhật Gems, rồi thử lại.</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>Hãy cập nhật Gems. Nếu vẫn bị, hãy lưu báo cáo trong Cài đặt và cho chúng tôi biết.</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>Hãy dùng nút chuỗi khối khác trong Cài đặt.</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>Hãy dùng nút chuỗi khối khác, hoặc thêm nút thứ hai để so sánh, trong Cài đặt.</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>Hãy dùng hồ sơ khác cho ví khác.</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>Hãy dùng các nút chuỗi khối khác: nhập địa chỉ của chúng trong Cài đặt.</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>Hãy dùng khóa đã tạo đợt việc.</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>Hãy dùng ứng dụng đóng gói sẵn, hoặc Python 3.11 đến 3.13.</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>Hãy dùng cửa sổ đang mở, hoặc đóng nó trước.</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>Hãy dùng khóa của họ.</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>Đã dùng {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>Thường trả trong vòng</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Kết luận</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>Người duyệt</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>Người duyệt quyết định trước {time}.</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>Tiếp theo người duyệt quyết định. Bạn không cần làm gì.</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>Người duyệt đã xét, mà nền tảng chưa trả tiền cho bạn. Hợp đồng có thể trả bạn từ quỹ ký gửi của đợt việc.</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>Phiên bản {new} hai lần không mở được, nên {old} chạy trở lại.</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>Có thể tải phiên bản {version}.</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>Đang tải phiên bản {version}.</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>Phiên bản {version} đã sẵn sàng.</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>Kỳ cựu</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Video</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>Bạo lực</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>Phiếu trả tiền</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>Phiếu {n} ngày {time} trả khoản này. Tổng cộng phiếu ghi {paid} GEM để rút và {bonded} GEM cho quỹ cọc.</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>Hãy chờ một lát; Gems thử lại.</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>Hãy chờ đến khi không thay đổi được nữa.</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>Hãy chờ đến khi nó đến nơi.</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>Hãy chờ đến khi nó kết thúc.</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Hãy chờ đến khi xong.</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>Hãy chờ đến khi xong, rồi thử lại.</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>Hãy chờ đến khi chuỗi khối cho thấy.</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>Hãy chờ đến khi kết luận được chốt, rồi hoàn tất việc rút ra.</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>Hãy chờ, rồi gõ lại mật khẩu. Các từ khôi phục cũng lấy lại được.</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>Đang chờ có mạng</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Ví</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>Trạm canh</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>Tuần từ {day}: {had} được kiểm tra, {expected} dự kiến</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>Bị lấy lại: hai người cho là việc làm kém</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>Hôm nay thật là một ngày vui!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>Câu trả lời bị từ chối làm bạn mất gì ngoài tiền công. Không bao giờ nhiều hơn tiền cọc của bạn.</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>Số tiền người giao việc đã bỏ ra để trả công. Khi còn việc đang mở, họ không lấy đi được.</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>Bên trả lời không phải nền tảng của mạng này.</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>Phần không vừa sẽ đi cùng tệp sau: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>Người viết cảm thấy thế nào?</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>Những gì đã rời quỹ cọc thì không còn là tiền cọc.</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>Đã nộp thì không sửa được nữa. Việc này không chuyển tiền.</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>Những gì không có bằng chứng thì không nhận. Những gì đã ký đã được lấy lại, và tiền của bạn đúng như chữ ký ghi.</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>Đã trả thì không lấy lại được.</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>Đã gửi thì không ai lấy lại được. Hãy so cả địa chỉ với địa chỉ bạn được cho.</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>Số tiền được rời ví của bạn trong một ngày mà không cần hỏi. Nhiều hơn thì ví hỏi bạn trước.</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>Số tiền mọi người kiếm được ở đây trong một giờ, tính trên việc đã được trả.</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>Những gì phiên bản mới hơn đã ghi được cất trong thư mục của hồ sơ, không bao giờ bị xóa.</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>Số tiền nền tảng đã bỏ ra để trả bạn. Nó không thể nợ bạn nhiều hơn số này.</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>Những gì chương trình tải về cho một việc. Hình và âm thanh thì lớn, chữ thì nhỏ.</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>Những gì chương trình đã gửi và tải hôm nay. Bạn đặt mức nhiều nhất trong Cài đặt.</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>Số tiền bên chuyển hộ giữ lại để đưa lệnh rút đi. Bạn thấy trước khi ký; không bao giờ nhiều hơn.</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>Dữ liệu của thay đổi này không còn trên máy này nữa.</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>Những gì đang chờ sẽ tự gửi khi bạn có mạng, hoặc gửi luôn bằng “Gửi ngay”.</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>Bản tìm thấy đã quá cũ, không tin được.</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>Bản tìm thấy không có chữ ký của nhóm làm ra Gems.</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>Những gì đã gửi lớn hơn mức nền tảng nhận.</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>Tiền bạn kiếm được ở lại trong kênh.</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>Số tiền bạn nhận cho một việc khi được chấp nhận.</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>Tiền bạn kiếm được được giữ ở đây và rút được. Việc không cần cọc vẫn làm tiếp.</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>Tiền bạn kiếm được được giữ ở đây. Việc không cần cọc vẫn làm tiếp.</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>Số tiền trong phiếu mới nhất của bạn rút được cho đến khi đóng xong.</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>Số tiền trong phiếu mới nhất về ví của bạn ngay, trừ phí.</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>Số tiền trong phiếu mới nhất được nộp thay cho bạn. Quỹ cọc về khi đóng xong.</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>Khi câu trả lời bị từ chối</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>Khi gửi GEM, hãy so toàn bộ địa chỉ. Đã gửi thì không lấy lại được.</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>Nơi giữ tiền công an toàn cho bạn. Chỉ bạn rút được, và không ai lấy lại được.</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>Người cần làm việc này và trả tiền cho nó.</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>Người đã cài nó có thể đặt phiên bản mới vào đó. Ví và việc của bạn được giữ ở nơi khác.</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>Ai có tệp và mật khẩu đó thì có mọi thứ trong ví này, mãi mãi. Gems không bao giờ hỏi bạn tệp như vậy.</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>Ai chiếm được máy này có thể gửi đi chừng đó mà không cần bạn đồng ý.</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>Ai đã ghi nó thì phải ghi lại.</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>Có số gốc của người giao việc</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>Với hai nút của hai bên khác nhau, nút nào nói dối sẽ bị phát hiện.</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>Nếu {right} trong mười việc tới đúng: ít nhất {low} %, hạng {grade}.</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>Trong một ngày</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>Trong một tuần</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>Trong một giờ</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>Trong ba ngày</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>Không có mạng, dùng USB</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>Không có biên nhận của nền tảng thì chỉ đòi được phần đã ghi lên chuỗi kịp lúc.</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>Thắng: câu trả lời của bạn được chấp nhận.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Từ</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Làm việc</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>Cứ làm như thường. Dòng bên dưới báo bạn đang không có mạng; không mất gì cả.</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>Bạn có việc chưa được trả tiền. Trong kênh này không trả được nữa.</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>Làm không cần mạng</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>Việc cần cọc đóng lại với bạn cho đến khi bạn lại giữ tiền công trong quỹ cọc.</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>Hãy làm việc không cần cọc trước: tiền kiếm được đầu tiên sẽ vào quỹ cọc.</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>Đang làm không cần mạng, theo ý bạn</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>Trường hợp xấu nhất ở một việc</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>Vết thương và tai nạn</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>Hãy viết ít nhất một chữ.</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>Hãy viết số với nhiều nhất 18 chữ số lẻ, ví dụ 0.25.</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>Hãy viết số với nhiều nhất 8 chữ số lẻ, ví dụ 12.50.</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>Hãy viết ba chữ cái in hoa của nó, ví dụ KES.</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>Chép mười hai từ ra giấy, theo thứ tự. Chúng là cách duy nhất để lấy lại tiền của bạn.</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>Hãy chép chúng ra và xác nhận: không có chúng, ổ đĩa hỏng là mất luôn tiền.</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>Hãy viết câu trả lời của bạn đúng ở chỗ nào.</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>Hãy viết câu trả lời cho từng vùng.</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>Hãy viết câu trả lời.</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>Đã viết và ký. Nó được gửi đi ngay khi có mạng.</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>Đã viết, chưa gửi</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>Đã ghi: {name}. Hãy đưa USB cho người có mạng.</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Sai</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>Có, tôi hứa</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>Có, thêm</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>Có, khiếu nại</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>Có, đổi</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>Có, đóng</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>Có, xuất</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>Có, nộp</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>Có, chuyển</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>Có, trả</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>Có, trả ra</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>Có, đặt cọc</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>Có, ký nhận đủ</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>Có, gửi</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Bạn</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>Bạn đã chấp nhận câu trả lời.</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>Bạn mới thêm địa chỉ này. Không cần hỏi từ: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>Bạn đã trả lời.</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>Bạn đã khiếu nại và thua: những người duyệt khác cũng từ chối.</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>Bạn đã khiếu nại và thắng.</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>Bạn đã khiếu nại.</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>Bạn đã khiếu nại. Những người duyệt khác đang xét lại.</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>Bạn có thể rút ở trang Thu nhập.</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>Bạn rút 10 GEM, phí là 0.02: nhận được 9.98.</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>Bạn đã sửa: lượt làm lại thay cho câu này.</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>Bạn đã sửa câu trả lời.</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>Bạn đã trả lại một việc. Không mất gì và tiền cọc trở về.</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>Bạn bỏ khiếu nại, và bỏ luôn tiền công của việc này.</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>Bạn bỏ lượt làm lại và khiếu nại, và bỏ luôn tiền công của việc này.</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>Bạn bỏ lượt làm lại, và bỏ luôn tiền công của việc này.</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>Việc được trả về để bạn sửa, đến {time}.</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>Bạn đã chấp nhận câu trả lời này.</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>Bạn đã từ chối câu trả lời này: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>Bạn đã bỏ qua câu trả lời này.</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>Bạn đã khiếu nại rồi.</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>Bạn đã có số lô chưa xong nhiều nhất mà một tài khoản được có.</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>Bạn đã làm xong lượt làm lại.</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>Bạn đã làm xong lượt làm lại; nếu muốn khiếu nại thì hãy lấy nó lại trước.</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>Bạn đã nộp lượt làm lại, nên kết luận đầu giữ nguyên.</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>Bạn đã đạt bài tập của đợt này.</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>Bạn đã đọc hồi đáp này rồi. Trong đó không có gì mới.</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>Bạn đã báo điều này rồi.</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>Bạn có hạng cao nhất.</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>Bạn giữ 2 GEM trong đó; một việc cần cọc 0.10, nên còn trống 1.90.</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>Bạn đã để kết quả từ chối như vậy.</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>Gần đây bạn thua quá nhiều khiếu nại không có tiền cọc.</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>Bạn có thể khiếu nại lần từ chối: khi đó người khác sẽ xét.</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>Bạn có thể khiếu nại đến {time}.</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>Bạn được sửa câu trả lời bị từ chối một lần và gửi lại.</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>Bạn có thể sửa.</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>Bạn được duyệt việc loại này.</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>Bạn không cần đồng phí mạng: bên chuyển hộ trả.</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>Bạn hứa về nội dung, tiền công và quy tắc của nó với mọi người làm.</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>Bạn đã từ chối câu trả lời.</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>Bạn đã từ chối câu trả lời: {reason}.</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>Bạn đã báo</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>Bạn đã lưu thành bộ bằng chứng cho hợp đồng.</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>Bạn nói rằng từ chối là sai, và người khác xét lại. Quyết định của họ được tính.</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>Bạn đã ký điều này trên máy này.</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>Bạn đã viết:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>Trang Tin cậy cho biết bạn còn cách bao xa.</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>Tài khoản của bạn đã lưu đến mức tối đa.</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>Câu trả lời của bạn được chấp nhận.</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>Câu trả lời của bạn được bốc thăm để kiểm tra.</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>Câu trả lời của bạn bị từ chối.</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>Câu trả lời của bạn:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>Câu trả lời và tiền của bạn đã được lưu, không bị đụng tới.</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>Câu trả lời của bạn cho “{title}” đã được xét. Người giao việc thế nào?</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>Khiếu nại của bạn đã viết và ký; nó được gửi đi ngay khi có mạng.</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>Khiếu nại của bạn sẽ gửi đi khi có mạng. Bạn không cần làm gì.</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>Khiếu nại của bạn đang chờ người điều hành nền tảng. Những gì bạn viết bây giờ sẽ thay vào.</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>Quỹ cọc về sau, khi đóng xong. Mất bao lâu là theo thời gian đã định khi mở kênh.</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>Quỹ cọc của bạn không đủ tiền cọc cho khiếu nại này.</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>Quỹ cọc của bạn không đủ cho tiền cọc.</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>Quỹ cọc của bạn, khi kênh kết thúc</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>Kênh của bạn đang được đóng</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>Kênh của bạn vẫn mở như trước, và không bị trừ phí.</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>Kênh của bạn đã trả cho chúng, nên không đòi ai khoản đó nữa. Việc này không chuyển tiền.</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>Kênh của bạn vẫn mở và những gì trong đó vẫn là của bạn.</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>Tiền bạn rút đã vào ví</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>Dữ liệu của bạn vẫn được giữ.</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>Tiền công đầu tiên của bạn</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>Hạng cho biết việc đã kiểm tra của bạn đúng đến đâu.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>Khóa, việc và phiếu trả tiền của bạn ở trên máy này, không bị ảnh hưởng.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>Khóa, việc và phiếu trả tiền của bạn ở trên máy này, không bị ảnh hưởng. Không ghi sổ gì từ câu trả lời này.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>Khóa, việc và phiếu trả tiền của bạn ở trên máy này, không bị ảnh hưởng. Không tiêu gì cả.</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>Phiếu mới nhất của bạn đang được nộp để lấy {amount} GEM.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>Phiếu mới nhất của bạn được giữ ở đây và ở các trạm canh của bạn; ở tay ai nó cũng có giá trị như nhau.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>Phiếu mới nhất của bạn chỉ được giữ trên máy này.</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>Đã ghi phiếu mới nhất của bạn vào {path}</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>Lệnh của chính bạn nạp quỹ cọc từ tiền công. Bạn đặt mức trong Cài đặt.</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>Tiền công đi theo đường này: đang duyệt, còn nợ, sẵn sàng để rút, trong ví của bạn.</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>Kênh thanh toán của bạn đang được đóng.</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>Kênh thanh toán của bạn đã đóng</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>Kênh thanh toán của bạn đang đóng rồi.</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>Giấy phép của bạn không còn khớp với kênh: đã có khoản khác được rút trước.</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>Hồ sơ của bạn không bị đụng tới.</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>Đã lưu đánh giá của bạn. Cảm ơn bạn.</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>Báo cáo của bạn sẽ gửi đến người điều hành khi có mạng.</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>Phần của bạn cho một bài duyệt</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>Tiền cọc trở về khi những người duyệt khác cũng thấy như bạn.</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>Tiền cọc của bạn trong việc chưa quyết định. Được trả lại khi việc được chấp nhận.</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>Hệ thống của bạn tự cập nhật Gems.</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>Điểm tin cậy của bạn chưa đủ để duyệt bài.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>Phiếu trả tiền và mọi bằng chứng của bạn được giữ ở đây. Không trả hai lần và bạn không mất gì.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>Phiếu trả tiền và mọi bằng chứng của bạn được giữ trên máy này.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>Phiếu trả tiền của bạn được giữ ở đây. Cả hai có thể cho bất cứ ai xem.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>Phiếu trả tiền của bạn được giữ ở đây. Hai chữ ký của nó chứng minh điều đó.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>Phiếu trả tiền của bạn được giữ ở đây. Chuỗi khối trả theo phiếu mới nhất, dù nền tảng nhớ thế nào.</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>Ví của bạn không đủ số đó và phí.</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>Ví của bạn vẫn như cũ.</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>Ví của bạn vẫn được lưu trên máy này.</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>Ví của bạn đã được lưu và việc của bạn không bị đụng tới.</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>Ví của bạn đã ký. Mã nhận dạng là {code}.</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>Ví của bạn đã ký khiếu nại với những lời này.</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>Việc của bạn được lưu trên máy này; không đổi gì cả.</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>Việc của bạn đã được lưu.</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>Việc của bạn được chấp nhận. Người giao việc còn có thể phản đối một thời gian; sau đó được trả tiền.</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>Việc, tiền cọc và thu nhập của bạn đã trở lại. Những gì chưa từng gửi thì chỉ có trên máy đã mất.</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>{checked} việc đã kiểm tra của bạn được tính là {counted}: việc dễ, và nhiều việc cho một người giao, được tính ít hơn.</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>Phần bạn cần làm</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>còn vài giây</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>một dấu</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>còn khoảng {n} giờ</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>còn khoảng {n} phút</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>còn khoảng {n} giây</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>khoảng {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>sau khi được chấp nhận</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>sau khi trừ phần trung bình bị mất</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>khiếu nại: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>ngay khi được gửi</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>như người giao việc mong đợi</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>ngoài tiền công</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>ký tự {start} đến {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>tính cho người mới, với {share} câu trả lời đúng</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>tính với {share} câu trả lời đúng, theo thành tích của bạn</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>câu trả lời nào cũng được kiểm tra</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>khung hình {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>cần tiền cọc mà chưa có kênh thanh toán.</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>không đặt cọc được cho nó: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>sắp hết hạn.</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>vừa xong</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>đo được</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>đo trên những việc đã được trả</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>chưa có ví</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>chưa trả ai</translation>
        </message>
        <message>
            <source>none</source>
            <translation>không có</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>chưa đủ việc đã kiểm tra</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>chưa biết</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>không có gì</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>không đặt cọc gì</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>một trong các vùng đã đánh dấu</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>chỉ ở đây</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>chỉ khi người giao việc trả cho việc đó</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>chỉ ở cái kia</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>chỉ không được trả tiền công</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>không có điểm cuối</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>trùng nhau {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>trang {n}: {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>trả trong {time} sau khi gửi</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>có lẽ {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>bài duyệt: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>gửi trong vòng {time}</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>bài duyệt bỏ qua: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>việc: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>nền tảng đang rút tiền thế chấp về, nên không đặt cọc.</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>khóa của nền tảng chưa đăng ký trên chuỗi khối, nên không đặt cọc.</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>người giao việc được phản đối trong {time}</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>hết giờ</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>tới {reward} GEM</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>tối đa {size} một việc</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>ví {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>khi không ai phản đối</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>bạn không mất gì</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>bạn mất {amount} GEM</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>kênh thanh toán của bạn chưa có khoản nạp được xác nhận.</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>kênh thanh toán của bạn đang đóng.</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>{amount} GEM một việc</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>{amount} GEM đã được chấp nhận và sẽ trả trước {time} nếu không người giao việc nào phản đối.</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>{amount} GEM đã được chấp nhận và sẽ trả nếu không người giao việc nào phản đối.</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>{audit} câu trả lời của bạn được bốc thăm và hai người lạ kiểm tra; câu nào cả hai cho là sai thì mất {penalty} GEM, còn lại được trả đủ.</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>Có {count} bản sao lưu, bản mới nhất cách đây {hours} giờ.</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>{count} – quá ít để nói thêm.</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>{count} – {percent} %, có lẽ {low}–{high} %.</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>{day}: chưa có việc nào của ngày đó được trả</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>{day}: quá ít thời gian để tính ra một giờ</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{day}: {paid} GEM một giờ với việc được trả tiền, {all} GEM tính cả giờ không công</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>{done} trên {total} bước</translation>
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
            <translation>{good} được chấp nhận, {bad} bị từ chối</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>{good} hợp ý người khác, {bad} không</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>{good} thắng, {bad} thua</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>Đã đạt {grade}; hạng này là của bạn nếu còn giữ được sau 1 việc đã kiểm tra nữa.</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>Đã đạt {grade}; hạng này là của bạn nếu còn giữ được sau {more} việc đã kiểm tra nữa.</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>{grade} – chưa đủ việc đã kiểm tra.</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h} giờ {m} phút</translation>
        </message>
        <message>
            <source>{label} {n}</source>
            <translation>{label} {n}</translation>
        </message>
        <message>
            <source>{mark} of 5</source>
            <translation>{mark}/5</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>Ổ đĩa của hồ sơ còn trống {megabytes} MB.</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>Bộ nhớ còn trống {megabytes} MB.</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>{month}: {had} được kiểm tra, {expected} dự kiến</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>Còn {more} việc đã kiểm tra nữa là được duyệt bài.</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>Còn {more} việc đã kiểm tra cho người giao khác nữa là được duyệt bài.</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>Còn {more} việc đã kiểm tra nữa là lên cấp.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>Còn {more} câu trả lời đúng liên tiếp nữa là được duyệt bài.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>Còn {more} câu trả lời đúng liên tiếp nữa là đến {grade}.</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>{names}, và {n} nữa</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>{note} Có lẽ ít nhất {low} % sẽ được.</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>{note}; cuối cùng {share} trong số đó được chấp nhận</translation>
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
            <translation>{n} câu trả lời chờ gửi</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>{n} ngày</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>{n} người không trả lời.</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>{n} việc đã xong sắp hết hạn: hãy gửi trước {time}.</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} giờ</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>{n} bị ẩn theo cài đặt của bạn</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>{n} được giữ trên máy này cho đến khi có mạng</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} phút</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{n}/{total}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>{n} còn mở</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>{n} người duyệt khác, chưa xét việc này trước đó</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>{n} người đã đánh giá; {good} người cho 4 hoặc 5.</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>{n} câu trả lời bị từ chối có thể sửa hoặc khiếu nại.</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} giây</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>Đã kiểm tra {n} chữ ký của kết luận này: của bạn, của nền tảng và của những người duyệt.</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>Máy này đã đếm {n} phiếu bầu có chữ ký, và ra cùng kết quả.</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>Có {n} việc ở đây, làm mất khoảng {time}</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>{n} việc với tiền cọc {amount} GEM</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>Còn {n} việc trong lô này</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>{n} việc sắp hết hạn: hãy làm xong và gửi việc đầu trước {time}.</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>{overturned}/{rejected} lần từ chối bị lật lại – {percent} %, có lẽ {low}–{high} %.</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>{part}/{whole} khiếu nại của người làm đã thắng</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>{part}/{whole} quyết định của người duyệt bị đảo lại sau đó</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>{part}/{whole} câu trả lời đã xét được chấp nhận</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>{pay} GEM một việc</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>{redone} trong {last} câu gần đây của bạn phải làm lại.</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>{rejected} trong {last} câu gần đây bị từ chối, nhiều hơn thường lệ của bạn.</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>{rejected}/{decisions} bị từ chối – {percent} %, có lẽ {low}–{high} %.</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>{reward} GEM trước khi trừ phí</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>{right}/{checked} việc đã kiểm tra đúng – chưa đủ việc đã kiểm tra.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>{right}/{checked} việc đã kiểm tra đúng – {percent} %, có lẽ {low}–{high} %.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>{right}/{checked} việc đã kiểm tra đúng: quá ít để tiếp tục. Bạn có thể khiếu nại.</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>{right}/{checked} đúng</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>{right}/{checks} bài kiểm tra ẩn đúng; cần nhiều hơn để được duyệt bài.</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>{right}/{of} đúng</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>{share} đã ở chỗ nền tảng.</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>Phải đúng {share}.</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>{share} câu trả lời bị từ chối</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>{share} câu trả lời bị từ chối, trả trong {time}</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>{share} tiền công</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>{share} trong {n} câu trả lời đã xét bị từ chối.</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>mỗi cái {size}</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>{size} tệp đang chờ.</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>còn {size} nữa</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>cần tải {size}</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>hôm nay {size}</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>Hôm nay đã dùng {spent}/{limit} GEM</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>Đang đặt cọc {stake} GEM</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>{time} sau khi bạn gửi</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>{time} trước</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>mỗi cái {time}</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>Tổng cộng {time}, trong đó {unpaid} không công</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>còn {time}</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>{time} cho những việc được trả tiền</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>{title} (có đánh giá)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>Đã cất {title} đi; không xóa gì trong đó.</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>{unsent} cần gửi, {waiting} chờ kết luận</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>Hôm nay {used}/{allowed} MB</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>{when}: {n}/{all} việc được trả tiền ({share})</translation>
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
            <translation>{x} % từ trái, {y} % từ trên</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>{yes} người cho là đúng, {no} người cho là sai.</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>“Rút về ví của tôi” đưa số tiền sẵn sàng về cho bạn. Bạn thấy phí trước khi ký.</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>“Có sẵn tiền” là tiền đã được bỏ ra để trả cho việc.</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>“{key}” đã là phím của “{option}”.</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>Đang mở hình …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>Việc này không nêu hình nào.</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>Đang mở phim …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>Không đọc được thời gian của chuỗi số đo này.</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>Việc này không có chuỗi số đo.</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[hình]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>Đang mở bản ghi âm …</translation>
        </message>
    </context>
</TS>
