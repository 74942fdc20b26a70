<TS version="2.1" language="id" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>Laporkan masalah</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>Pengelola platform membacanya. Pemberi tugas tidak tahu siapa yang melapor.</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>Kirim laporan</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Tutup</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Batal</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>Apa yang salah?</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>Apa yang terjadi, dalam satu dua kalimat</translation>
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
            <translation>Apa selanjutnya</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>Siapa yang bertindak</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>Perbaiki saja</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>Perbaiki</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Bawa ke kontrak…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Biarkan</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>Apa yang terjadi dengan jawaban Anda</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Kembali ke kotak keluar</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>Apa selanjutnya</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>Ditulis</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Dikirim</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>Sedang dinilai ulang</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>Sudah dinilai ulang</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>Menang</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Kalah</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>Tidak diterima</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>Diputuskan</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>Banding</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>Apa arti banding</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>Siapa yang memutuskan</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>Bisa banding sampai</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>Diputuskan paling lambat</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>Simpanan yang Anda pasang (%1 GEM bebas)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>Simpanan yang Anda pasang</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>Jika kalah, Anda rugi</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>Jika menang, Anda dapat</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>Mengapa jawaban Anda benar</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>Apa yang benar, dalam satu dua kalimat</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>Ini ditandatangani bersama banding dan terkirim saat ada koneksi. %1 dari %2 huruf.</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>Banding dan lepaskan percobaan kedua</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>Tanda tangani banding</translation>
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
            <translation>Pemberitahuan</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>Pemberitahuan, baru: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>Urungkan</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Ulangi</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Petunjuk</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tombol</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>Urungkan yang terakhir</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Cukup untuk sekarang</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Simpan lagi</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>Beri jawaban ini</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Lewati</translation>
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
            <translation>Tampilkan gambar utuh</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Hapus yang dipilih</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>Beberapa proyek meminta jaminan. Biarkan sebagian upah Anda di sini sampai simpanan mencapai jumlah ini; Anda tidak pernah harus membeli apa pun.</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>Tanpa biaya, dan berlaku mulai upah Anda berikutnya. Uang yang sudah ada tidak berpindah, dan yang bebas di simpanan bisa Anda keluarkan lagi.</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>Tahan di simpanan</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>0 berarti tidak menahan apa pun; proyek tanpa jaminan tetap terbuka untuk Anda.</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>Tahan di simpanan, dalam GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Tahan</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>Bebas di simpanan sekarang</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>Jadikan bisa dipakai…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>Keluarkan dari simpanan?</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>Uang ini langsung siap dicairkan. Anda dan platform sama-sama menandatangani; tidak ada yang terjadi di blockchain, dan tidak ada biaya.</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>Ini berjalan bertahap sebesar upah satu tugas, paling banyak 1 GEM. Jika platform tidak menjawab, hanya satu tahap yang bisa hilang.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Keluarkan</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Jumlah</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>Bebas di simpanan: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>Jumlah yang dikeluarkan dari simpanan, dalam GEM</translation>
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
            <translation>Jenis tugas</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>Bahasa tugas</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Unduhan per tugas</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>Paling sedikit sekian GEM per jam</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>GEM per jam, paling sedikit</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>Tanpa jaminan</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>Simpanan saya cukup</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>Tanpa latihan</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>Hanya yang diikuti</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>Yang diikuti dulu</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Tampilkan semua</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Selesai</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>Cari proyek (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Urutkan</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>Bayaran terbaik</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Imbalan</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>Tersingkat</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>Jaminan terkecil</translation>
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
            <translation>Baris atau kartu</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Baris</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>Kartu</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>Proyek</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>Jangan kabari lagi jika ada kerja baru</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Kabari jika ada kerja baru</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Blokir pemberi tugas ini</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Sembunyikan proyek ini</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Laporkan masalah</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>Tutup proyek ini</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>Pemberi tugas %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Laporan pemberi tugas</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>Tugas seperti ini boleh Anda tinggalkan kapan saja, tanpa rugi.</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>Bayarannya</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>Risiko Anda</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>Cara jawaban diperiksa</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>Waktu dan data</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Pemberi tugas</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>Latihan lagi</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Tentang</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Petunjuk</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Blokir pemberi tugas ini</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Sembunyikan proyek ini</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>Kirim pesan ke pemberi tugas</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Laporkan masalah</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>Kerjakan contoh</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>Jumlah tugas yang diambil</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>Ambil %n tugas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>%1 GEM per tugas</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>Dipantau</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Latihan</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>Peringatan isi</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/jam</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>jaminan %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>tanpa jaminan</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Lainnya untuk %1</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>Ada yang salah di aplikasi ini</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>Gems tertutup sendiri terakhir kali</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>Laporan untuk orang yang membantu Anda</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>Jawaban dan uang Anda tersimpan dan aman. Anda bisa terus bekerja.</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>Laporan ini berisi versi dan letak di program kami: tanpa jawaban, alamat, nama, atau jumlah. Tidak dikirim ke siapa pun; setelah disimpan sebagai file, Anda bisa memberikannya kepada orang yang Anda percaya.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Tutup</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>Simpan laporan</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>Sembunyikan isinya</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>Tampilkan isinya</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>Laporan</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>Sedang bekerja…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>Tanpa jaringan</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>Pekerjaan Anda dibawa dengan flashdisk. Pembawanya tidak bisa membaca atau mengubahnya.</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Kembali ke kotak keluar</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Di mana</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Folder</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Lihat lagi</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>Pekerjaan Anda</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>File yang belum dibalas: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>Yang sudah ada di file tidak bisa ditarik lagi. Jika jaringan lebih dulu ada, semuanya dikirim seperti biasa; tidak ada yang dihitung dua kali.</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>Buat file</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>Di folder ini</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>Tidak ada file antar atau balasan di folder ini.</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>Jika ada koneksi, Anda bisa mengirim file orang lain: balasannya ditulis di sebelahnya.</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>Baca balasan ini</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>Kirim file ini</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>Bawa ke kontrak</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Kembali ke kotak keluar</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>Paling banyak dibayar</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>Bawa sebelum</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>Kontrak menunggu keberatan</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>Disimpan sebagai file</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>Caranya</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. Anda menyimpan file berisi apa yang ditandatangani tentang tugas ini. Jawaban Anda tidak ada di dalamnya, hanya sidik jarinya, dan tidak ada rahasia Anda.</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. Siapa pun yang punya sedikit koin gas membawanya ke kontrak: pengelola penjaga, teman, atau Anda. Mereka hanya perlu file itu, dan tidak bisa mengubah isinya.</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. Kontrak menunggu keberatan, lalu siapa pun bisa memintanya membayar. Uangnya masuk ke dompet Anda, siapa pun yang membawa kasusnya.</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>Menyimpan tidak memakan biaya; yang membawanya membayar koin gas. Jika kontrak memutuskan lain, tidak ada yang dibayar, dan tidak ada lagi yang diambil dari Anda.</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>Di blockchain semua orang melihat alamat dompet Anda, nomor tugas, upahnya, dan putusannya. Jika platform akhirnya membayar Anda, Gems menandatangani hal itu, dan kontrak tidak membayar siapa pun dua kali.</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>Simpan kasus</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>Simpan lagi</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>Lihat blockchain lagi</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>Sebagai gambar</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>Sebagai tabel</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>Cairkan ke dompet Anda?</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>Anda menandatangani pencairan yang hanya bisa dipakai perantara ini, dengan biaya paling banyak sebesar ini.</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>Tanda tangani dan cairkan</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Dari kanal Anda</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Biaya perantara</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Anda terima</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Perantara</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>Bisa dipakai sampai</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>Biasanya butuh beberapa menit. Jika sampai saat itu belum dijalankan, upah tetap di kanal Anda dan Anda bisa mencairkan lagi.</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>Biaya %1 GEM · transaksi %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>Biaya %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>Lanjutkan</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Batal</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>Gems: dompet Anda bertanya</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>Katakan tidak jika Anda tidak memintanya. Tanpa jawaban, jendela ini tertutup sendiri, dan tidak ada yang ditandatangani atau diubah.</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>Tidak, jangan lakukan</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>Gulir sampai akhir agar bisa setuju.</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>%n hari lagi</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>%n jam lagi</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>%n menit lagi</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>%n detik lagi</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>Waktu habis</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>Sampai penutupan selesai:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>Untuk pencairan yang sedang jalan:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>Semua mutasi</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Semuanya</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Upah</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>Jaminan</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>Cair dan terkirim</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>Mutasi mana yang tampil dan diekspor</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Minggu ini</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Bulan ini</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Semua</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>Waktu mutasi yang tampil dan diekspor</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>Ekspor CSV</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>Tekan satu baris untuk melihat mengapa jumlahnya sebesar itu.</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>Belum ada mutasi. Upah, jaminan, dan pencairan akan tercatat di sini.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Kapan</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Apa</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Proyek</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>Kantong</translation>
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
            <translation>Terima GEM</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>Siapa pun boleh melihat alamat ini dan mengirim GEM ke sini. Tidak ada yang bisa mengambil apa pun dengannya.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Tutup</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>Alamat Anda sebagai kode QR</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>Salin selama semenit</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>Penghasilan</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>Hanya yang sudah diperiksa komputer ini yang dihitung.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Coba lagi</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>Perantara membawanya ke dompet Anda dengan sedikit biaya GEM. Anda tidak perlu koin gas; biayanya ditampilkan dulu.</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>Belum ada yang bisa dicairkan. Pekerjaan yang diterima dibayar ke kanal Anda dan tampil di sini.</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>Mencairkan</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>Cairkan ke dompet saya</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>Terima</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Kirim</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Penghasilan hari ini</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>Tujuh hari</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>Total</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>Pencairan</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Dikirim</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Penghasilan per hari</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Hari</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Upah pertama Anda akan tampil di sini, hari demi hari.</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>Simpanan, salinan voucher, pencairan otomatis…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>Kirim GEM</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>Kirim ini?</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>Perantara membawanya dengan sedikit biaya GEM. Yang sudah dikirim tidak bisa ditarik kembali.</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>Cocokkan seluruh alamat, kelompok demi kelompok. Yang sudah dikirim tidak bisa ditarik kembali.</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>Tanda tangani dan kirim</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Dari</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Dompet</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Kanal</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>Buku alamat</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Pilih…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Ke</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>Ini belum alamat yang lengkap dan benar.</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>Alamat tujuan</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Jumlah</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>Di dompet Anda: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>Jumlah dalam GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>Semua yang bisa dicairkan langsung ke sana: %1 GEM.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Lanjutkan</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>Di buku alamat Anda</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Dari kanal Anda</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>Dari dompet Anda</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Biaya perantara</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>Sampai</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>Bisa dijalankan sampai</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>Biasanya butuh beberapa menit. Jika sampai saat itu belum dijalankan, tidak ada uang yang keluar.</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>Hari</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Pemberi tugas</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Jenis</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>Tugas dibayar</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Upah</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>Jaminan dan simpanan</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Dompet</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>Mutasi</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>Jumlah</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>Jumlah menurut</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>Per hari</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>Per pemberi tugas</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>Per jenis</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>Jumlah dari</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Minggu ini</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Bulan ini</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Semua</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>Tidak ada mutasi di waktu ini. Pilih waktu yang lebih panjang di atas.</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>Hari mengikuti UTC. Yang masuk ke dompet sebelumnya adalah upah atau simpanan, jadi tidak dihitung sebagai penghasilan lagi.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>Upah per jam</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>Dari tugas dibayar</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>Dengan waktu tak dibayar</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>Upah per jam menurut hari</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Hari</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Waktu</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>Kerjakan beberapa tugas: setelah dibayar, di sini terlihat berapa hasil satu jam.</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>Waktu tak dibayar adalah waktu mencari kerja, membaca, latihan, dan pekerjaan yang ditolak atau belum dibayar. Ini dihitung di komputer ini, hanya saat Anda memakai jendela ini, dan tetap di sini.</translation>
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
            <translation>Di mana GEM Anda</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>Tampilkan lebih sedikit</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>Tampilkan lebih banyak</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>Voucher adalah tanda tangan platform untuk semua utangnya kepada Anda. Dengan itu blockchain membayar Anda, walaupun platform tidak mau.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>Tutup</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>Di blockchain: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>Buka tugasnya</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>Tutup pesan ini</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>Apa itu “%1”?</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>Selengkapnya di Bantuan</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>Menanyakan…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Segarkan</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Coba lagi</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>Anda sedang offline.</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>Daftar proyek ini data terakhir yang diketahui. Tugas yang sudah Anda ambil bisa dikerjakan tanpa jaringan.</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>Tugas baru bisa diambil begitu ada koneksi.</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>Belum ada proyek</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>Komputer ini belum melihat proyek saat online. Sambungkan sekali untuk mengambilnya.</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>Pemberi tugas bisa menambah proyek kapan saja. Lihat lagi nanti.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Lihat lagi</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>Tidak ada proyek yang cocok dengan filter Anda</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>Tidak ada proyek dengan kata ini</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Tampilkan semua</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>Langkah pertama Anda</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>Semua halaman</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>Gambar: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>Halaman sebelumnya: %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>Halaman berikutnya: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>Ditemukan</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Tidak ditemukan</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>Coba satu kata pendek, misalnya “upah”, atau lihat semua halaman.</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Semua halaman</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>Bantuan</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>Cari di bantuan (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Semua halaman</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Tutup</translation>
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
            <translation>Beranda</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Coba lagi</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>Mulai dengan tiga contoh</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>Jawaban Anda siap dikirim</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Ambil tugas pertama Anda</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Belum ada tugas di sini</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>Tidak ada yang menunggu Anda</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>Hanya butuh semenit, tidak dibayar, dan tanpa risiko.</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>Menyegel berarti menandatanganinya; terkirim begitu ada koneksi.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>Ambil satu paket tugas; setelah ada di sini Anda bisa bekerja tanpa jaringan.</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>Kembali untuk diperbaiki</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>Berlatih</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Lanjutkan</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Penghasilan hari ini</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>%1 dalam tujuh hari</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>Terbukti oleh kanal</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>Menunggu dikirim</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>Hari-hari terakhir</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Penghasilan per hari</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Hari</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Upah pertama Anda akan tampil di sini, hari demi hari.</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>Kedudukan Anda</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Anda boleh memeriksa</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>Lihat bukti</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>Lihat di kotak keluar</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>Gambar</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Gambar ini tidak bisa ditampilkan.</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>Tombol</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>Tekan tombol yang diinginkan. Escape membiarkannya seperti semula.</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>Enter mengganti tombol sebuah pilihan, Delete mengembalikan tombol biasanya.</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>Pilihan dan tombolnya</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Selesai</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>Kembalikan semua tombol biasa</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>tekan tombol barunya</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>tombol %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>tanpa tombol</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>Bahasa</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>Memuat…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>Beranda</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Kerja</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Periksa</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Kotak keluar</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Penghasilan</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Kepercayaan</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Pengaturan</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Bantuan</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Coba lagi</translation>
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
            <translation>Halaman</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>Jaringan latihan</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>Pemberitahuan</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>Pengaturan pemberitahuan</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Tutup</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>Belum ada pemberitahuan</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>Pekerjaan baru, putusan, batas waktu, dan upah diberitahukan di sini.</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>Tandai semua sudah dibaca</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>Baru</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>Tampilkan</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>Semua %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>Akan dikirim %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>Menunggu %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>Ditolak %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>Diterima %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>Cari menurut proyek (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>Cari menurut proyek</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>Kirim pesan ke pemberi tugas</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Laporkan masalah</translation>
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
            <translation>Perbaiki</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>Banding…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>Banding Anda</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Apa yang terjadi</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Bawa ke kontrak…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Tarik kembali</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>Pesan baru</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Lainnya untuk %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Ditandai di tugas: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Biarkan</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>Kotak keluar</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>Tanpa jaringan…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Mengirim…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>Kirim sekarang</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Coba lagi</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>Hanya yang terbaru yang tampil. Untuk menemukan yang lama, cari proyeknya.</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>Belum ada yang dikerjakan</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>Tugas dan pemeriksaan yang selesai menunggu di sini sampai dikirim, dan tetap di sini sampai dibayar.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>Kosong</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>Saat ini tidak ada tugas dengan keadaan ini.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Tampilkan semua</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>dibuat</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>disegel</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>dikirim</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>dinilai</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>dibayar</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>Belum selesai</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>Langkah %1 dari 5: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>Tampilkan yang diketik</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>Sembunyikan yang diketik</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>Ditolak</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Banding</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>Orang lain menilai ulang</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Diterima</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>Cairkan</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Biaya</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Anda terima</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>Rambu jalan</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/jam</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>tanpa jaminan</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>Ambil tugas</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>Lanjutkan</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Penghasilan hari ini</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>Kirim hari ini</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>Komputer ini</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>Flashdisk</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>Komputer dengan jaringan</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>Rambu jalan</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Menunggu dikirim</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Ditolak</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Dibayar</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>Jawaban ditolak</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Waktu sampai dibayar</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Dana sekarang</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>Penilaian Anda</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>Biru</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Terima</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Tolak</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>Tidak mengikuti petunjuk</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>Bacaan</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Kerja dan data</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Dua belas kata di kertas</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>Disimpan aman</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>Batas dompet</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>Peringkat %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Anda boleh memeriksa</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>Cari versi baru</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Unduh</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>Mulai saat dibuka lagi</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>Ditandatangani pembuat Gems</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>Bahasa</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>Dompet baru</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Dua belas kata di kertas</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>Jangan difoto, jangan dikirim</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>Mobil ini warnanya apa?</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Merah</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Biru</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Sisa waktu</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>Pemutar</translation>
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
            <translation>Jeda (Space; Ctrl+Space saat mengetik)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>Putar (Space; Ctrl+Space saat mengetik)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>Mundur satu gambar</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>Maju satu gambar</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Lebih lambat</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>Kecepatan %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Lebih cepat</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Volume</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Suara</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Bagian</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>Putar bagian yang dipilih (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>Berulang-ulang</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>Tidak ada alat suara: diputar tanpa bunyi.</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>Latihan</translation>
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
            <translation>Contoh berikutnya</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tombol</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Tampilkan gambar utuh</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Hapus yang dipilih</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>Latihan · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Latihan</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>Lewati latihan</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Kembali ke proyek</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>Latihan tidak dibayar dan tidak memakan biaya. %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Memeriksa…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>Minta diperiksa</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Kembali</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>Anda lulus</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>Belum cukup</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>Tugas sungguhan dikerjakan dengan cara yang sama, dan dibayar. Pilih yang pertama sekarang.</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>Sekarang Anda bisa mengambil tugas proyek ini.</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>Baca petunjuknya dan coba contohnya sekali lagi; boleh sesering yang Anda mau.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Kembali ke proyek</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>Coba contoh lagi</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>Profil baru</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>Ganti nama profil</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>Profil ini mulai kosong, dengan dompet dan kata sandi sendiri.</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>Hanya namanya yang berubah; folder dan dompetnya tetap di tempat.</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>Buat dan buka</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Ganti nama</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>Nama dalam aksara apa pun</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>Singkirkan %1?</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>Seluruh foldernya, dengan dompetnya, dipindahkan dari daftar. Tidak ada yang dihapus; letaknya ditampilkan sesudahnya.</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>Singkirkan</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>Ketik %1 untuk memastikan</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>Profil di komputer ini</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>Setiap profil punya folder, dompet, dan kata sandi sendiri. Tidak ada yang bisa melihat pekerjaan profil lain tanpa kata sandinya.</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>%1 (sedang terbuka)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Buka</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>Buka %1</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Ganti nama…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>Ganti nama %1</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>Singkirkan…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>Singkirkan %1</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>Disingkirkan, dengan dompetnya, di folder ini: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>Profil baru…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>Ke kotak keluar</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>Kurs ini sudah lama.</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>Tampilkan juga jumlah dalam %1</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>Nilai pemberi tugas ini</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>Tidak, terima kasih</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>Berhenti membaca</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>Bacakan</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>Banding atas pengeluaran Anda</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>Mengapa pekerjaan Anda layak dilihat lagi</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>Ini dikirim ke pengelola platform dan perlu koneksi. %1 dari %2 huruf.</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Mengirim…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>Kirim banding</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>Diperiksa di blockchain</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>Total %n tugas.</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Proyek</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Apa</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>Platform, GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>Blockchain, GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Dicocokkan</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>Yang dibayar di blockchain mengikuti penghasilan: bisa tertinggal, tidak pernah mendahului.</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>Cara mereka menilai</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>Penolakan diputuskan oleh panel pekerja lain, bukan oleh pemberi tugas sendiri.</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>Seberapa cepat mereka bayar</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Dibayar</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>Tugas</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Bagian</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>Belum ada yang diketahui: belum ada tugas pemberi tugas ini yang dibayar.</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>Kata para pekerja</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>Nilai pemberi tugas ini</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>Anda bekerja di sini, jadi Anda boleh menilai: sekali untuk setiap proyek, dan boleh berubah pikiran. Pemberi tugas hanya melihat jumlahnya.</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Proyek</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Upah</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>terlalu sedikit</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>sangat baik</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Kejelasan</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>sulit dipahami</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>sangat jelas</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Kecepatan</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>bayarnya sangat telat</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>langsung bayar</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Keadilan</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>tidak adil</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>sangat adil</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>Kirim penilaian</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>Laporan pemberi tugas</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>Fakta dari putusan dan pembayaran; pendapat pekerja dipisahkan.</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>Semua pemberi tugas</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Kembali ke Cari kerja</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Coba lagi</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>Pemberi tugas yang punya pekerjaan</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>Belum ada proyek yang diketahui. Cari kerja dulu.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Pemberi tugas</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>Proyek</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Tawarkan lagi</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Blokir pemberi tugas ini</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>Diblokir: pekerjaan pemberi tugas ini tidak ditawarkan kepada Anda.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Sudah dibayarkan</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>Total, kepada semua</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Upah per jam</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>Pemeriksa, per jam</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Waktu sampai dibayar</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Dana sekarang</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>Anda menjaminkan %1 GEM atas jawaban Anda.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>Apakah jawaban ini benar?</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Terima</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>Tolak…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Lewati</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>Apa yang ditanyakan</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>Anda menjaminkan %1 GEM atas putusan Anda.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>%n pemeriksaan selesai</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>Anda belum boleh memeriksa</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>Periksa pekerjaan orang lain</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>Menyegel berarti menandatangani putusan dengan kunci Anda; terkirim begitu ada koneksi.</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>Tugas yang diperiksa dan benar menaikkan skor kepercayaan Anda; jika cukup banyak, Anda boleh memeriksa.</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>Pemeriksaan bisa diambil begitu ada koneksi. Yang sudah Anda ambil bisa dikerjakan tanpa koneksi.</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>Anda melihat petunjuk dan jawabannya, tidak pernah siapa yang menjawab. Upah dan jaminan Anda disebut di setiap pemeriksaan.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Menyegel dan mengirim…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Segel untuk dikirim</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Segel dan kirim</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>Coba sebagai pemeriksa latihan</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>Meminta pemeriksaan…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>Ambil 10 pemeriksaan</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>Cara skor kepercayaan saya naik</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>Lanjut memeriksa</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>Urungkan putusan terakhir</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>Ambil 100 pemeriksaan</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>Sesi ini</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>Apa yang salah?</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>Pilih alasan dulu: pembuatnya harus tahu apa yang perlu diperbaiki.</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>Klik tempatnya, atau tekan Enter di sana</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>Tandai tempat lain</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>Tandai tempat kesalahannya</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>Ditandai: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>Hapus tanda</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>Catatan untuk pembuatnya (opsional)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Tolak</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Batal</translation>
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
            <translation>Urungkan yang terakhir</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Petunjuk</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Cukup untuk sekarang</translation>
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
            <translation>Anda bekerja sebagai pemeriksa latihan, bukan dengan akun sendiri.</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>Kembali ke akun saya</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>Kata rahasia Anda ada di layar. Kata itu tidak dibacakan.</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>Diblokir dan disembunyikan</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>Pekerjaan ini tidak ditawarkan kepada Anda, dan datanya tidak diambil. Tugas yang sudah Anda ambil tetap milik Anda. Hanya komputer ini yang tahu.</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Kembali ke Cari kerja</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>Diblokir</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Disembunyikan</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Tawarkan lagi</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>Tidak ada yang diblokir atau disembunyikan</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>Tentang</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versi</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Profil</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lisensi</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>Dibuat dengan Qt (LGPL), IBM Plex Sans (OFL), dan ikon Lucide (ISC). Data tentang Anda tidak keluar dari komputer ini, kecuali yang diperlukan tugas.</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>Buku alamat</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Hapus</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Hapus %1</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>Tambah alamat</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>Cocokkan sekali lagi: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>Nama, misalnya “Tabungan”</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>Nama alamat</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>Alamat, 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Alamat</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>Bertanya di jendela dompet sendiri</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Tambah</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>Apakah semuanya beres?</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Memeriksa…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>Periksa pengaturan ini</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>Buat laporan…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>Memeriksa komputer ini, profil Anda, dan jaringan, tidak mengubah apa pun, dan memberi tahu apa yang salah.</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>Pencairan</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>Cairkan otomatis mulai dari</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>0 berarti tidak pernah cair otomatis. Pencairan juga menunggu sampai biayanya paling banyak 5 % dari yang masuk.</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>Cairkan otomatis mulai dari, dalam GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Tahan</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>Kanal pembayaran</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>Penutupan Anda sedang menuju blockchain.</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>Saat Anda berhenti bekerja untuk platform ini, tutup kanalnya: simpanan Anda kembali tanpa koin gas, walaupun platform tidak berbuat apa-apa lagi.</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>Tutup kanal…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Tutup kanal pembayaran Anda?</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>Tutup kanal</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>Apa yang mau Anda lihat</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>Tugas yang bisa mengganggu ditutupi sampai Anda memintanya. Yang dimatikan di sini tidak ditawarkan sama sekali kepada Anda.</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>Disimpan aman</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>Voucher sama nilainya di tangan siapa pun dan hanya membayar Anda. Salinan di tempat lain menjaga upah Anda jika komputer ini rusak.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Hapus</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>Hapus penjaga %1</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>Penjaga lain</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>Platform mana pun bisa menyimpan voucher orang lain: masukkan alamatnya.</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>Alamat penjaga</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Tambah</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>Juga sebagai file di folder ini</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>Setiap voucher baru ditulis di sana. Kosong: tanpa file.</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>Folder untuk file voucher</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Tahan</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>Tulis file sekarang</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>Cari voucher yang lebih baru</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>Di file cadangan atau di penjaga: masukkan letak file atau alamat penjaga. Hanya yang ditandatangani platform yang disimpan.</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>File atau penjaga dengan voucher lebih baru</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Cari</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>Mata uang Anda</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>Tampilkan juga jumlah dalam mata uang ini</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>GEM tetap yang utama. Jumlah lainnya hanya perkiraan nilainya: tidak ada yang dibayar atau ditandatangani berdasarkan itu.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Lainnya</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>Mata uang lain: tiga hurufnya, misalnya KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>1 GEM bernilai</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>Angka Anda sendiri didahulukan dari angka platform. Kosongkan untuk memakai angka platform.</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>Nilai 1 GEM, dalam %1</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Tahan</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>Data terpakai</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hari ini</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>14 hari terakhir</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>Data terpakai per hari</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Hari</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>Belum ada yang dikirim atau diambil.</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>Dihitung dengan baris pembuka setiap permintaan, tanpa tambahan dari jaringan Anda untuk membawanya (sekitar 3 sampai 5 %).</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>Tempat dompet dan pekerjaan Anda disimpan</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>Folder profil ini</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>Versi baru tidak mengubah apa pun di folder ini, dan jika program dihapus, folder ini tetap di tempatnya.</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>Hapus folder ini hanya jika dua belas kata Anda sudah ada di kertas dan tidak ada yang menunggu dikirim atau dibayar.</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>Node blockchain</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Hapus</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>Hapus node blockchain %1</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>Node blockchain lain</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>Alamat node blockchain</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Tambah</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>Pakai lagi node dari jaringan</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>Pekerjaan baru di tempat saya pernah bekerja</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>Putusan dan banding</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>Tugas yang waktunya segera habis</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>Upah dan pencairan</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Pemberitahuan</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>Sistem ini tidak menampilkan notifikasi. Pemberitahuan ada di bawah ikon lonceng.</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>Tampilkan pemberitahuan juga di luar jendela</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>Jika ada yang menutup kanal pembayaran Anda, Anda selalu diberi tahu, juga di jam tenang.</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>Tampilkan jumlah uang di luar jendela</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>Dengan bunyi pendek</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>Coba sekarang</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>Ganti kata sandi</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>Ekspor kunci ke file</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>Kata sandi sekarang</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>Kata sandi untuk file</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>Kata sandi baru</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Kata sandi yang sama lagi</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>Ekspor, lalu setujui di jendela dompet sendiri</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>Ganti</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>Jaringan</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>Jaringan latihan: GEM ini tidak bernilai</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>Kerja offline: jangan bertukar data otomatis sampai ini dimatikan</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>Proxy untuk semuanya</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>Alamat seperti http://host:port atau socks5://name:password@host:port. Jika kosong, proxy sistem Anda yang dipakai. Yang tetap di komputer ini tidak pernah melewatinya.</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>Alamat proxy</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Pakai</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>Jam tenang</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>Jangan tampilkan apa pun di luar jendela pada jam-jam ini</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Dari</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>Tenang dari</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Ke</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>Tenang sampai</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>Saat jendela ditutup</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>Tampilkan Gems di baki sistem</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>Menutup jendela membiarkan Gems tetap berjalan di baki sistem</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>Jika sistem tidak punya baki, menutup jendela mengakhiri Gems.</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>Bacaan</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Bahasa</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>Diterjemahkan oleh mesin; belum diperiksa penutur asli. Jika tidak jelas, teks bahasa Inggris yang berlaku.</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Ukuran teks</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Warna</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Seperti sistem</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Terang</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Gelap</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Kontras tinggi</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>Tidak ada yang bergerak sendiri</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>Batas dompet</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>File batas Anda sudah diubah atau lebih tua dari dompet Anda. Semuanya mulai dari awal: buku alamat kosong, dan sampai Anda menetapkan batas, semuanya ditanyakan.</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>Kunci setelah selama ini tanpa tombol atau klik</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Tidak pernah</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 mnt</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>Boleh keluar sehari tanpa ditanya</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>Batas harian, dalam GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Tetapkan</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>Alamat baru menunggu</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>Sampai saat itu setiap pembayaran ke sana ditanyakan. Jadi Anda sempat melihat jika ada alamat yang bukan Anda tambahkan.</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>Tidak sama sekali</translation>
        </message>
        <message>
            <source>%1 h</source>
            <translation>%1 jam</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>Reading</source>
            <translation>Bacaan</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Kerja dan data</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Pemberitahuan</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>Keamanan</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>Uang</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Jaringan</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>Profil</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Versi baru</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Bantuan</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Pengaturan</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>Setiap perubahan langsung disimpan.</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>Bagian pengaturan</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Simpanan</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>Versi baru</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>Tidak ada yang perlu dilakukan. Versi itu tidak ditawarkan lagi.</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versi</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>Lanjutkan unduhan</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Unduh</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>Berhenti; lanjut nanti</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Lihat lagi</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>Cari versi baru</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>Cari sendiri sekali sehari, tidak pernah di jaringan yang kuotanya berbayar</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>Dari flashdisk atau folder…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>Dari flashdisk atau folder</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>Harus ditandatangani pembuat Gems, dari mana pun asalnya.</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>Folder dengan versi baru</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>Cari di sana</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>Dari jaringan lagi</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>Membacakan</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>Tawarkan untuk membacakan petunjuk dan tugas</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>Sistem ini tidak punya suara. Pasang speech-dispatcher dan espeak-ng, lalu buka Gems lagi.</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>Sistem ini tidak punya suara. Tambahkan di pengaturan sistem, lalu buka Gems lagi.</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>F8 membacakan, dan menghentikan. Tidak ada yang dibacakan sendiri.</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>Kecepatan dalam persen</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>Dompet dan keamanan</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>Alamat Anda</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>Kunci sekarang</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>Kata rahasia Anda ada di kertas Anda. Tidak ditampilkan di sini, dan tidak ada orang dari Gems yang akan memintanya.</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>Kerja dan data</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>Ambil tugas lagi secara otomatis, dari proyek tempat saya bekerja</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>Sediakan pekerjaan untuk sekian hari di sini</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>Hari kerja</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>Unduhan paling banyak, dalam megabyte per hari</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>Megabyte per hari</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>Juga di jaringan yang menghitung kuota</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>Jaringan ini menghitung kuota</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>Ingatkan sekian jam sebelum waktu tugas habis</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>Jam sebelum waktu tugas habis</translation>
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
            <translation>Memulai</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Coba lagi</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>Lanjutkan dengan salinan sebelum pembaruan</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>Lanjutkan dengan salinan sebelum pembaruan?</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>Jika Anda memulai versi yang lebih baru saja, tidak ada yang hilang.</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>Lanjutkan dengan salinan</translation>
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
            <translation>Status</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Tidak ada yang menunggu dikirim</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>%n jawaban akan dikirim</numerusform>
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
            <translation>Ditandai di tugas: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>Dari mana ini diketahui?</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>Simpan bukti sebagai file</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>Pesan dengan pemberi tugas</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>Pemberi tugas melihat kata-kata Anda, tanpa nama atau alamat Anda.</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>Kirim pesan</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Tutup</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>Kabari jika ada pesan baru di sini</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>Jangan kabari lagi soal pesan di sini</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>Terkirim saat ada koneksi. %1 dari %2 huruf.</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>Pesan Anda</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>Tarik kembali</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Laporkan masalah</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>Rekaman dengan %n bagian</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Rekaman</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 dan %2 menentukan awal dan akhir bagian, Enter menandainya, Tab menelusuri bagian, Delete menghapus satu.</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>Space memutar, panah bergeser satu detik, dengan Shift lima, dengan Ctrl sepersepuluh; plus dan minus memperbesar dan memperkecil, 0 menampilkan semua.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Satu bagian dipilih: seret tepinya atau tekan %1 dan %2, label mengubahnya, Delete menghapusnya.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>Pilih label, lalu seret di atas gelombang, atau tekan %1 dan %2 saat diputar, lalu Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>Terbuka</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>Terlipat</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>Bulan sebelumnya (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>Bulan berikutnya (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>Wajib</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>Ini wajib dijawab</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>Pesan</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Panah memilih.</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>Panah memilih pesan, E mengubah pesan sendiri, Delete menghapusnya, Escape membatalkan pilihan.</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>Pesan: %1, paling sedikit %2</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>Pesan: %1, paling banyak %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>Siapa yang berkata</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>Tulis apa kata %1</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Tulis pesan</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>Katakan</translation>
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
            <translation>Pilih semua yang cocok</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Pilih satu</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>Waktu</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Tanggal</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>Tulis tanggal sebagai tahun-bulan-hari, misalnya 2025-03-31.</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>Tulis tahun dan bulan, misalnya 2025-03.</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>Tulis tahun dengan empat angka.</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>Tulis waktu sebagai jam dan menit, misalnya 14:05.</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>Tanggal ini tidak bisa dipakai. %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>Tanggal atau waktu itu tidak ada.</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>Tanggalnya belum ada.</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>Waktunya belum ada.</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>Dari %1 sampai %2</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>%1 atau sesudahnya</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>%1 atau sebelumnya</translation>
        </message>
        <message>
            <source>YYYY-MM-DD</source>
            <translation>TTTT-BB-HH</translation>
        </message>
        <message>
            <source>YYYY-MM</source>
            <translation>TTTT-BB</translation>
        </message>
        <message>
            <source>YYYY</source>
            <translation>TTTT</translation>
        </message>
        <message>
            <source>Pick from a calendar (arrow down in the field)</source>
            <translation>Pilih dari kalender (panah bawah di kolom)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>JJ:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Kosongkan</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Disimpan sebagai %1</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>Sembunyikan jawaban lain</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Tampilkan perbedaan</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>%1: sama</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>%1 (putus-putus): %n perbedaan</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>Perbedaan</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>Disimpan di komputer ini</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>Menyimpan…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>Belum disimpan</translation>
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
                <numerusform>Gambar tugas dengan %n area</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>Gambar tugas</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>Perkecil (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>Tampilkan semua (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>Perbesar (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>Plus dan minus memperbesar dan memperkecil, 0 menampilkan semua, M memegang kaca pembesar.</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>N membuat kotak, Tab menelusuri area.</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>N membuat elips, Tab menelusuri area.</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>Klik sudut-sudutnya, atau N membuat sudut pertama. Tab menelusuri area.</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>N membuat titik, panah menggesernya. Tab menelusuri area.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>Panah menggeser kursor, Space mengecat, [ dan ] mengubah kuas, E menghapus, N memulai topeng baru.</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Panah menggeser kotak, dengan Shift mengubah ukurannya, [ dan ] memutarnya, Delete menghapusnya.</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Panah menggeser elips, dengan Shift mengubah ukurannya, [ dan ] memutarnya, Delete menghapusnya.</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>Panah menggesernya; koma dan titik memilih sudut, yang digeser panah, I menambah satu di belakangnya dan Delete menghapusnya. [ dan ] memutarnya.</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>Panah menggeser titik, dengan Shift mengubah lebarnya, Delete menghapusnya.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>Panah menggeser kursor, Space mengecat di topeng ini, E menghapus, N memulai topeng baru, Delete menghapus yang ini.</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>Topeng ini terlalu rumit untuk dikirim. Cat dengan kuas lebih lebar.</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>Klik tempatnya, atau geser kursor dengan panah lalu tekan Enter.</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>Klik atau N membuat sudut, panah menggeser yang terakhir, Backspace menariknya kembali, Enter atau klik di sudut pertama menutup, Escape membuang poligon.</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>Kotak</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Elips</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Poligon</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Titik</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>Kuas</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>Alat gambar</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>Penghapus</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>Kuas: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Halaman</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>Halaman sebelumnya (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 dari %2</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>Halaman berikutnya (Page Down)</translation>
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
            <translation>Pilih label, lalu seret kotak di gambar (atau tekan N di sana).</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>Pilih label, lalu seret elips di gambar.</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>Pilih label, lalu klik sudut-sudut bentuknya di gambar.</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>Pilih label, lalu klik titiknya di gambar.</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>Pilih label, lalu cat di gambar.</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>Pilih label, lalu pilih kata di teks.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>Pilih label, lalu seret di atas grafik.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>Pilih label, lalu seret di atas suara.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>Pilih label, lalu seret di atas lini masa.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>Pilih label, lalu seret kotak di video.</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>Satu kotak dipilih: label mengubahnya, Delete menghapusnya.</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>Satu tanda dipilih: label mengubahnya, Delete menghapusnya.</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Label</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>Sudah dipakai sebanyak yang boleh</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>Pengguna</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Asisten</translation>
        </message>
        <message>
            <source>System</source>
            <translation>Sistem</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>Alat</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>Pengembang</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>Di jawaban lain ini berbeda</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>Ubah (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Hapus (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Pesan</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>Simpan (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>Dari %1 sampai %2</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>%1 atau lebih</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>%1 atau kurang</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>kelipatan %1</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>Ini bukan angka.</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>Angkanya paling kecil %1.</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>Angkanya paling besar %1.</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>Angkanya harus pada kelipatan %1.</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Angka</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Kurang</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>Sebuah angka</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Tambah</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>Pilih yang lebih baik.</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>Pilih satu dari dua</translation>
        </message>
        <message>
            <source>First</source>
            <translation>Pertama</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>Kedua</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>gambar</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>Satu gambar tugas ini tidak bisa ditampilkan.</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>Jeda</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Putar</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>memutar paragraf di kursor</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>Seret tiap benda ke tempatnya, yang terbaik di atas.</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>Seret semuanya menjadi urut, yang terbaik di atas.</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>geser kartu dengan keyboard, angka mengurutkannya</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>geser kartu dengan keyboard</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>Urutan ini benar</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>Daftar berurutan</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Benda</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>tempat %1 dari %2</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>Belum ada apa-apa</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>Nilai</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>Belum dinilai. Panah memberi bintang, Delete menariknya kembali.</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>Belum dinilai. Angka atau panah memberi bintang, Delete menariknya kembali.</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>%1 dari %2 bintang</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 dari %2</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>Belum dinilai</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>Kotak</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Bentuk</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Titik</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Elips</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>Bagian yang dicat</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Kata</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Bagian</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>Kotak bergerak</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Tanda</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>tersembunyi</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>terkunci</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Sembunyikan</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Tampilkan</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Buka kunci</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Kunci</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>Hapus</translation>
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
                <numerusform>Ditandai: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>Sembunyikan semua</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Tampilkan semua</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>Yang ditandai</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>Panah memilih, Delete menghapus, Alt+H menyembunyikan, Alt+L mengunci, Escape membatalkan pilihan.</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>sembunyikan</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>hapus</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>kunci</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>Belum ada yang ditandai.</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>dua arah</translation>
        </message>
        <message>
            <source>to</source>
            <translation>ke</translation>
        </message>
        <message>
            <source>from</source>
            <translation>dari</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>Balik arah (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Hapus (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>Hubungan: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>Hubungkan ke ini (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>Hubungkan (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>Batal (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>Dari %1: klik yang lain, atau pilih lalu tekan R.</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>Pilih yang ditandai, tekan R, lalu klik yang berhubungan dengannya.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Hubungan</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Panah memilih.</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>Panah memilih, D membalik arah, Delete menghapus.</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>Apa hubungannya</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>Belum ada yang dipilih</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>Pilih semua yang cocok</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Pilih satu</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>Ketik untuk mencari</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>Panah menggeser kursor, dengan Shift memilih; Enter atau tombol label menandai yang dipilih. Tab menelusuri tanda; Shift dengan panah menggeser akhir tanda yang dipilih, Alt dengan panah awalnya, Delete menghapusnya.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>Panah menggeser kursor, dengan Shift memilih.</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>Tabel dengan %n baris</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>Dipilih</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>Tarik kembali %1</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>Cari kelas</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Kelas</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>Panah bergerak, kanan membuka cabang, kiri menutupnya, Space memilih.</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>Tidak ada kelas dengan huruf ini di namanya.</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>Paling banyak %n yang bisa dipilih.</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>bergerak</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>buka, tutup</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>pilih</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>Tulis jawaban Anda di sini</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>Jawaban Anda</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>Hapus jawaban ini</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>Tambah jawaban lain</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>Gambar</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Gambar ini tidak bisa ditampilkan.</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>Pengukuran dengan %n bagian</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Pengukuran</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 dan %2 menentukan awal dan akhir bagian, Enter menandainya atau saat di kursor, Tab menelusuri bagian, Delete menghapus satu.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>Panah menggeser kursor, dengan Shift sepuluh sekaligus; plus dan minus memperbesar dan memperkecil, 0 menampilkan semua.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Satu bagian dipilih: seret tepinya atau tekan %1 dan %2, label mengubahnya, Delete menghapusnya.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>Pilih label, lalu seret di atas grafik; klik menandai satu saat.</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>Tugas tertutup</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>Tugas ini bisa mengganggu Anda</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>Tetap tertutup sampai Anda memintanya. Meninggalkannya tidak merugikan Anda.</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>Tampilkan</translation>
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
            <translation>N membuat kotak, Tab menelusuri kotak, panah menggeser yang dipilih, Shift dengan panah mengubah ukurannya, %1 membuat atau menghapus bingkai kunci, %2 membuatnya hilang atau kembali, Delete menghapusnya.</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>Space memutar, koma dan titik bergeser satu gambar; plus dan minus memperbesar dan memperkecil, 0 menampilkan semua.</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>Video</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>Lini masa dengan %n baris</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Lini masa</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 dan %2 menentukan awal dan akhir bagian, Enter menandainya, Tab menelusuri bagian, Delete menghapus satu.</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>Panah bergeser satu gambar, dengan Shift sepuluh; Space memutar.</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>Kotak</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>Kotak di tengah (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>Bukan bingkai kunci</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>Bingkai kunci di sini</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>Hilang setelah gambar ini</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>Ada mulai gambar ini</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>Pergi ke gambar lain dan geser kotaknya: itu menjadi bingkai kunci, dan di antaranya kotak bergerak merata.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>Pilih label, lalu seret kotak di gambar.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>Pilih label, lalu seret di atas lini masa, atau tekan %1 dan %2, lalu Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>Tugas</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>Tentang area %1</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>Awal</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>Bagian yang dipilih mulai di sini</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>Satu bagian mulai di sini</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Akhir</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>Bagian yang dipilih berakhir di sini</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>Satu bagian berakhir di sini</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Tanda</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>Tandai bagian antara awal dan akhir (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>Tandai saat ini (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>Tampilkan waktu lebih panjang</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>Tampilkan semua</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>Lihat lebih dekat</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>Urungkan</translation>
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
            <translation>Ke %1 · biaya %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>Apa yang bisa terjadi dengan sepuluh tugas berikutnya</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>Audit</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Dari</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Diaudit</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>Diperkirakan</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>Perkiraan secara kebetulan</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>Setiap undian dihitung ulang di komputer ini dari rahasia yang sudah diikat platform sebelum Anda bekerja. Pilih satu baris untuk menyimpan buktinya sebagai file, agar orang lain bisa memeriksanya.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Kapan</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Proyek</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Peluang</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Undian</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Benih</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>Jenis pekerjaan</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Peringkat %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>Peringkat</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Peringkat %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>Tingkat menghitung pekerjaan yang diperiksa dan tidak pernah hilang; peringkat bisa turun, dan peringkat lebih baik menjadi milik Anda setelah bertahan sepuluh tugas yang diperiksa.</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>Kepercayaan</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>Dihitung di komputer ini dari putusan yang ditandatangani; tidak ada yang bisa asal menetapkannya.</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>Bandingkan dengan platform</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Coba lagi</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>Penghasilan Anda tetap milik Anda. Jika platform mengeluarkan Anda, Anda bisa banding ke pengelolanya di sini.</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>Ajukan banding di Kotak keluar atas penolakan yang menurut Anda salah: setiap banding yang menang dihitung benar di sini.</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>Buka Kotak keluar</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>Tidak ada yang hilang karena pemberitahuan ini; yang dilihat hanya jawaban terakhir Anda.</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>Baca alasannya di Kotak keluar. Penolakan yang menurut Anda salah bisa dibanding di sana.</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>Kata platform berbeda dengan putusan Anda yang ditandatangani.</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>Angkanya bisa tertinggal beberapa putusan. Jika tetap begitu, beri tahu pengelola platform; bukti di bawah ini ditandatangani.</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>Belum ada jawaban Anda yang diperiksa</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>Setiap jawaban yang diperiksa dihitung. Mulailah dari proyek mana saja; yang tanpa jaminan paling mudah.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>Bagaimana terbentuknya</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>Skor dari waktu ke waktu</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>Jawaban diperiksa</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Skor</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>Paling rendah</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>Paling tinggi</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>Letak nilai sebenarnya yang paling mungkin</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>Skor tampil di sini mulai jawaban kedua Anda yang diperiksa.</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>Memeriksa pekerjaan orang lain</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>Anda boleh memeriksa. Bayarannya per jam lebih baik dan tidak perlu jaringan setelah ada di sini.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Periksa</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Bukti</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>%1 diperiksa · %2 benar · %3 pada percobaan pertama</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>skor kepercayaan %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>Dinilai</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Proyek</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Putusan</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>Percobaan</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>Dinilai oleh</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>Penolakan baru dihitung jika sudah tidak bisa berubah. Sampai saat itu Anda boleh banding di Kotak keluar.</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>Lihat</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Jangan sekarang</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>Dipantau</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Kabari jika ada kerja baru</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>Pilih bahasa Anda</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>Lindungi di komputer ini</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>Kata sandi menjaga uang Anda dari orang lain yang memakai komputer ini. Tidak dikirim ke mana pun; jika Anda lupa, kata rahasia Anda tetap berlaku.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Kata sandi</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>Paling sedikit 8 huruf. Beberapa kata berurutan mudah diingat.</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>Terlalu pendek: paling sedikit 8 karakter.</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>Mudah ditebak: tambahkan satu atau dua kata.</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>Kata sandi yang baik.</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>Kata sandi yang sangat baik.</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Kata sandi yang sama lagi</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>Dengan keyring Anda tidak perlu kata sandi: siapa yang bisa memakai komputer ini seperti Anda, bisa memakai dompetnya.</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>Lindungi dengan kata sandi ini</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>Pakai keyring sistem saja</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>Kembalikan dompet Anda</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>Saldo, voucher, pekerjaan terbuka, jaminan, dan banding kembali dari yang sudah ditandatangani. Draf yang belum disegel tidak.</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>Yang Anda punya</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>Kata rahasia</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>Kunci pribadi</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>File keystore</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>Kata rahasia Anda</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>12 sampai 24 kata sesuai urutan, dalam salah satu dari sepuluh bahasa kata rahasia.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>pertama kedua ketiga …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>Saya memakai frasa sandi atau akun lain</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>Frasa sandi selain kata-kata itu</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>Kosongkan jika tidak pernah punya. Yang salah membuka dompet lain yang kosong.</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>Akun yang mana</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>Kunci pribadi Anda</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>64 karakter dari 0 sampai 9 dan a sampai f; boleh ada 0x di depannya.</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>File keystore</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>Dipilih: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>Lepaskan file di halaman ini, atau ketik letaknya lalu tekan Enter.</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>Letak file</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>Kata sandi file</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>Lepaskan file di sini</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Membuka</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>Kembalikan</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Kembali</translation>
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
            <translation>Jaringan latihan</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>Langkah %1 dari 3</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>Mencari dompet Anda</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>Gems hanya meminta kata rahasia di halaman ini, dan hanya untuk membuat atau mengembalikan dompet. Orang lain tidak pernah memerlukannya.</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>Dibayar untuk tugas kecil</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>Upah Anda masuk ke dompet yang hanya Anda pegang. Anda tidak perlu uang atau surat-surat untuk mulai; membuatnya perlu sekitar tiga menit.</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>Buat dompet baru</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>Saya sudah punya dompet</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>Bahasa dua belas katanya</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>Tulis dua belas kata ini di kertas</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>Kata-kata ini adalah dompet Anda: siapa yang memilikinya memiliki uang Anda, dan dengan ini dompet kembali jika komputer hilang. Jangan difoto.</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>Simpan kertas itu di tempat yang hanya bisa Anda temukan sendiri.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>Sudah saya tulis</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Kembali</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>Buka kunci dompet</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>Pekerjaan dan penghasilan Anda tersimpan di komputer ini; keyring sistem membukanya.</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>Pekerjaan dan penghasilan Anda tersimpan di komputer ini; kata sandi membukanya.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Kata sandi</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Membuka</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Buka kunci</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>Ketik kembali kata-katanya</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>Sesuai urutannya, dari kertas Anda. Empat huruf pertama dan satu spasi sudah cukup untuk satu kata.</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>Dua belas kata itu</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>Kata ke-%1 tidak termasuk: lihat kertas Anda.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>pertama kedua ketiga …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>%1 dari 12 kata</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Cocokkan</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>Ulang dengan kata baru</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>Tentang tugas ini</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>Tugas %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>Imbalan %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>Petunjuk</translation>
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
            <translation>Selesai dan lanjut</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Urungkan</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Ulangi</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Petunjuk</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tombol</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Tampilkan perbedaan</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>Ke bagian berikutnya</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Tampilkan gambar utuh</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Hapus yang dipilih</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>Kembalikan</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Simpan lagi</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>Jawaban ini ditolak: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Ditandai di tugas: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>Perbaiki dan selesaikan lagi; lalu otomatis diperiksa kembali.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Coba lagi</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>%n tugas selesai</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>%n jawaban menunggu dikirim</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Belum ada tugas di sini</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>Nilainya sampai %1 GEM jika diterima. Menyegel berarti menandatanganinya dengan kunci Anda, agar tidak ada yang bisa mengubahnya; jawaban yang disegel terkirim begitu ada koneksi.</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>Sudah disegel dan aman di komputer ini, dan terkirim sendiri saat ada koneksi.</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>Sudah disegel dan sedang dikirim.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>Ambil satu paket tugas; tugas tetap di komputer ini dan bisa dikerjakan tanpa jaringan.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Menyegel dan mengirim…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Segel untuk dikirim</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Segel dan kirim</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>Buka kotak keluar</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>Tugas ini tidak menyebut rekaman.</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>{at} dari {whole}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>Gambar {at} dari {whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>Tugas ini tidak menyebut video.</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>0,05 GEM per tugas dan masing-masing satu menit: 3 GEM dalam satu jam.</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>1 GEM = {worth} {code}, seperti yang Anda ketik, {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>1 GEM = {worth} {code}, kata platform {name} ({source}), {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>1 tugas diperiksa lagi sebelum Anda boleh memeriksa.</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>1 tugas diperiksa lagi untuk pemberi tugas lain sebelum Anda boleh memeriksa.</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>1 tugas diperiksa lagi ke tingkat berikutnya.</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>1 jawaban benar lagi sebelum Anda boleh memeriksa.</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>1 jawaban benar lagi ke {grade}.</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % artinya: kira-kira satu dari sepuluh jawaban diperiksa.</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>Kotak atau garis tepi tidak pas</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>Proyek punya satu sampai tiga putaran.</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>Kanal tidak bisa tanpa pemilik atau untuk kontrak.</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>Kanal ditutup dalam 7 sampai 90 hari; yang diberikan waktu lain.</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>Kanal perlu kunci yang menandatangani vouchernya.</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>Pencairan tidak bisa ke alamat nol atau ke kontrak.</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>Satu pencairan tidak berhasil</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>Sudah ada pencairan yang sedang jalan.</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>Ada pencairan dari kanal lain.</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>Ada pencairan dengan waktu yang mustahil.</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>Klik untuk membuka Gems.</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>Kanal yang ditutup tidak pernah dibuka lagi: Anda tidak mendapat apa-apa lagi di sana.</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>Koin yang diminta blockchain untuk setiap pembayaran. Anda tidak perlu punya: perantara membayarnya untuk Anda.</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>Komputer yang menyimpan salinan voucher terbaru Anda dan menjaga upah Anda saat Anda tidak ada.</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>Sementara itu sebuah keputusan berubah.</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>Isi file nanti {what}, dan meminta kabar baru.</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>Satu tugas selesai hampir habis waktu: kirim sebelum {time}.</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>Cek tersembunyi</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>Huruf dari A sampai F untuk seberapa benar pekerjaan Anda yang diperiksa. Peringkat lebih baik membuka lebih banyak pekerjaan.</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>Nilainya dari 1 sampai 5.</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>Panjang pesan 1 sampai 1.000 huruf.</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>Sudah ada uang yang sedang keluar dari simpanan Anda.</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>Versi baru didapat dari tempat Anda mendapat versi ini. Dompet dan pekerjaan Anda tetap tersimpan.</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>Ada voucher yang lebih baru. Voucher itu disimpan dan berlaku mulai sekarang.</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>Ada angka yang terlalu besar untuk disimpan.</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>Panel punya 1, 3, 5, atau 7 pemeriksa; ketentuannya berkata lain.</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>Bagian dari imbalan untuk membayar orang yang memeriksa. Imbalan yang Anda lihat adalah sisanya.</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>Satu bagian berubah di jalan.</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>Gambar atau file sebuah tugas tiba dalam keadaan berubah atau rusak.</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>Profil perlu nama.</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>Isian kurs tidak persis seperti seharusnya.</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>Kurs tidak punya waktu.</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>Satu jawaban yang ditolak bisa diperbaiki atau dibanding.</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>Penolakan baru dihitung jika Anda sudah tidak bisa banding lagi.</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>Penolakan perlu alasan.</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>Kata rahasia berjumlah 12, 15, 18, 21, atau 24; di sini ada: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>Jaminan kembali saat pekerjaan diterima. Jika akhirnya ditolak, jaminan hilang.</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>Nomor sebuah tahap di luar batas.</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>Jumlah sebuah tahap salah bentuk.</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>Satu tugas proyek ini masih dinilai di blockchain.</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>Satu tugas hampir habis waktu: selesaikan dan kirim sebelum {time}.</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>Sementara itu sebuah tugas dibuka lagi.</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>Tugas yang jawaban benarnya sudah diketahui. Ini mengukur seberapa baik orang bekerja dan tidak pernah menentukan upah.</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>Putusan tentang tugas ini sudah dibawa ke blockchain.</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>Ada putusan putaran ini atau yang lebih tinggi yang berlaku.</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>Seorang pemeriksa panel ini pernah menilai tugas ini.</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>Ada suara yang tidak ditandatangani pemeriksanya.</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>Penjaga tidak bisa dihubungi atau tidak menerima voucher.</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>Halaman web menjawab menggantikan platform: jaringan ini ingin Anda login.</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>Pekerja yang catatannya baik sehingga boleh memeriksa pekerjaan orang lain, dengan upah.</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>Garis kuning memberi tahu jika ada yang segera membutuhkan Anda.</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Diterima</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>Diterima pada {time}.</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>Tugas diterima yang dinilai ulang: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>Pekerjaan yang diterima menunggu {time} sebelum dibayar: sampai saat itu pemberi tugas boleh keberatan, dan orang lain menilai.</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>Diterima, belum dibayar</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>Tambahkan node kedua milik orang lain di Pengaturan.</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>Tambahkan penjaga di Pengaturan, atau kirim file voucher ke orang yang bisa menyerahkannya sebelum berakhir.</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>Tambah alamat ke buku alamat Anda?</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>Setelah kata sandi salah, dompet menunggu sebelum bisa dicoba lagi, dalam detik: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>Setelah bekerja untuk seseorang, berikan penilaian Anda; itu membantu pekerja berikutnya.</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>Setelah {n} jawaban diperiksa: {score}, antara {low} dan {high}</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>Cocok</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>Semua proyek yang diketahui di sini</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>Semua tugasnya sudah diambil.</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>Semua jenis tugas</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>Semua bahasa</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>Semuanya dalam satu jumlah. Yang sedang diperiksa atau dijaminkan juga termasuk, walaupun belum diputuskan.</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>Semua upah di voucher Anda sampai saat itu</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>Semua kata ada di daftar, tetapi bersama-sama tidak cocok: ada yang salah atau tertukar tempat.</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>Semua pekerjaan Anda yang selesai, dari dikerjakan sampai dibayar. Yang menunggu di sana aman di komputer ini.</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>Izinkan dulu seluruh jumlahnya; Gems melakukannya sendiri saat perintah diberikan lagi.</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>Jumlah: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>Jumlah dalam sebuah pesan bukan bilangan bulat satuan dasar.</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>Sementara itu sebuah jawaban berubah.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>Banding perlu alasan, paling banyak 2.000 huruf.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>Banding perlu alasan, paling banyak 500 huruf.</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>Banding menggantikan percobaan kedua, yang akan membayar {amount} GEM. Anda tidak bisa melakukan keduanya.</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>Yang lebih lama, sejak {time}</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>Kesal</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>Ada file jenis lain dengan nama ini.</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>Mutasi lain</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Alasan lain</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>Perantara lain yang diizinkan membawa pencairan ini.</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>Ada putusan lain yang berlaku di blockchain, jadi kasus ini tidak membayar apa-apa.</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>Jawablah sendiri; jawaban yang lain tidak ditampilkan kepada Anda.</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>Dijawab tanpa melihat</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>Jawaban diperiksa dengan aturan “{name}”.</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>Jawaban sejak saat itu ikut dibawa jika bisa dibaca versi ini. Voucher dan jaminan diambil lagi dari platform, dan tidak ada yang ditandatangani di kanal Anda sebelum voucher terbaru diketahui.</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>Jawaban yang ditolak pemberi tugas ini</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>Unduhan berapa pun</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>Hal lain yang diperingatkan</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Banding</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>Banding atas putusan?</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>Panel banding</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>Ajukan banding setelah lewat lebih lama, atau ambil pekerjaan dengan jaminan.</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>Banding diputuskan: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>Banding yang dimenangkan pekerja: {won} dari {n}.</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Tiba</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>Tiba di platform: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>Jika baru mulai, pilih yang tanpa jaminan.</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>Selama belum dikirim, Anda bisa menariknya kembali dan mengubahnya.</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>Per {time}</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>Minta tawaran baru dan cairkan lagi.</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>Minta tawaran baru.</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>Minta balasannya sekali lagi; file Anda sendiri boleh dikirim lagi tanpa rugi.</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>Minta balasan untuk file terbaru Anda, atau buat yang baru.</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>Minta platform menyelesaikannya. Jika tidak, siapa pun bisa: fungsi kontrak finish_close hanya perlu keterangan kanal Anda, yang ada di berkas voucher, dan sedikit koin gas.</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>Meminta tugas…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>Paling sedikit 80 % jawaban Anda benar.</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>Paling sedikit 90 % jawaban Anda benar.</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>Sedang dijaminkan</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>Dijaminkan dalam pekerjaan yang belum dinilai: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>Di platform</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Diaudit</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>Diaudit: {had} dari {n}. Secara kebetulan saja kira-kira {expected}.</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>Audit yang lulus: {n}. Jika biaya membayar pemeriksaan, biaya itu turun bersamanya.</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>Mulai dulu.</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>Mulai pembayaran lagi.</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>Sudah dimulai, disimpan di komputer ini</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>Sedang dikirim</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>Peringkat lebih baik membuka pekerjaan yang bayarannya lebih baik, lalu pemeriksaan.</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>Antara 80 dan 95 dari seratus benar.</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>Pemeriksaan buta</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>Diblokir: pekerjaan dari {who} tidak ditawarkan lagi kepada Anda.</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Simpanan</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>Simpanan kembali</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>Simpanan dipasang untuk banding</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>Bawa lagi besok.</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>Bawa kembali balasannya dengan cara yang sama.</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>Kembalikan dompet dari kata rahasia Anda di profil baru.</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>Mengembalikan pekerjaan Anda: {done} dari {total}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>Menurut aturan proyek: tanpa jaminan; sebagian imbalan membayar pemeriksaan.</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>Menurut aturan proyek: orang lain memeriksa setiap jawaban.</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>Menurut aturan proyek: beberapa orang mengerjakan tugas yang sama sampai cukup pasti mana yang benar.</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>Menurut aturan proyek: sebagian jawaban diundi lalu diperiksa, yang lain dibayar penuh.</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>Menurut aturan proyek: pekerjaan dibayar kecuali dua orang tak dikenal, yang dibayar pemberi tugas, menolaknya.</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>Oleh platform sendiri</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>Datang terlambat: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Proyek</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>Proyek berakhir</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>Proyek disembunyikan: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>Bisa kembali dari imbalan</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>Node blockchain {place} menjawab ngawur.</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>Node blockchain {place} menjawab, mengikuti blockchain, dan punya kontrak Gems.</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>Node blockchain {place} tidak bisa dihubungi.</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>Node blockchain {place} punya kontraknya, tetapi kunci platform tidak terdaftar di sana.</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>Node blockchain {place} bukan dari blockchain jaringan ini.</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>Node blockchain {place} tertinggal {minutes} menit.</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>Node blockchain {place} menampilkan kontrak selain milik Gems di alamat jaringan ini.</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>Peluang diperiksa</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>Ubah ketentuan proyek dan rencanakan lagi.</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>Ubah yang boleh keluar tanpa ditanya?</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Kanal</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>Pastikan folder profil milik Anda dan disk berfungsi.</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>Periksa alamat node blockchain di Pengaturan dan koneksi Anda; akan dicoba lagi.</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>Periksa alamatnya.</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>Periksa jumlahnya dan coba lagi. Jika terjadi lagi, perbarui Gems.</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>Periksa koneksi, atau pakai node blockchain lain.</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>Periksa koneksi; pekerjaan bisa terus tanpa koneksi.</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>Periksa disk. Jika ada yang hilang, simpan file itu.</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>Periksa disk; cadangan berikutnya menggantikannya.</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>Periksa flashdisk dan nama file.</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>Pekerjaan diperiksa untuk 1 pemberi tugas lagi sebelum Anda boleh memeriksa.</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>Pekerjaan diperiksa untuk {more} pemberi tugas lagi sebelum Anda boleh memeriksa.</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>Pilih jeda 7 sampai 90 hari.</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>Pilih file keystore versi 3 seperti yang diekspor dompet, atau pakai kata rahasia.</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>Pilih jumlah sampai sebesar yang bebas di dalamnya.</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>Pilih jawaban untuk setiap area.</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>Pilih jawaban.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Pilih folder lain.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Pilih nama lain.</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>Pilih file jaringan lain.</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>Pilih pekerjaan lain, atau coba lagi nanti.</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>Pilih pekerjaan lain.</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>Pilih yang lain.</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>Pilih yang lebih baik untuk setiap area.</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>Pilih yang lebih baik.</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>Pilih file cadangan.</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>Pilih file yang seharusnya di sini.</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>Pilih apa yang salah, lalu jelaskan, paling banyak 500 huruf.</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>Pilih apa yang salah.</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>Pilih bahasa Anda. Anda bisa menggantinya kapan saja.</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>Cairkan</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>Cairkan; pekerjaan baru perlu kanal baru.</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>Cairkan nanti, saat sudah terkumpul lebih banyak.</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>Cairkan sebisanya, beri tahu platform, dan jangan ambil pekerjaan lagi sampai ada jawaban.</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>Sudah dicairkan</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>Sudah dicairkan, dari komputer lain</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>Total dicairkan</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>Dicairkan ke dompet Anda</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Kejelasan</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>Tutup file yang membawa pekerjaan Anda ke platform?</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>Tutup lagi. Dengan sedikit koin gas Anda juga bisa memulainya sendiri: fungsi kontrak start_close.</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>Tutup saat ada lebih banyak yang bisa dibayar.</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>Tutup program lain sebelum tugas dengan gambar besar atau video.</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>Tutup program lain yang memakai folder itu dan coba lagi.</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>Tutup poligon yang belum selesai.</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Tutup kanal pembayaran Anda?</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>Menutup</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>Cocokkan setiap kata dengan kertas Anda dan ketik lagi, atau ulang dengan kata baru.</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>Cocokkan seluruh alamat dengan yang diberikan kepada Anda; bukan hanya huruf awalnya.</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>Cocokkan dengan yang Anda tulis, kata demi kata, sesuai urutan.</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>Lengkapi setiap area.</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>Lengkapi dan selesaikan lagi.</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>Sambungkan komputer ini ke jaringan sekali, selama semenit.</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>Kontrak</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>Kontributor</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>Salin lagi seluruh alamat dan cocokkan huruf awal dan akhirnya.</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>Salin lagi seluruh kunci; boleh diawali 0x.</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>Perbaiki, atau banding sampai {time}: salah satu.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>Diperbaiki</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>Sudah dihitung saat Anda memasangnya</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>Dihitung {n}: tugas mudah, dan banyak tugas untuk satu pemberi tugas, dihitung lebih sedikit.</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>Menghitung berapa tugas Anda yang diperiksa. Hanya bisa naik.</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>Kekejaman pada hewan</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>Batas harian</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>Data hari ini</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>Data terpakai 14 hari terakhir: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>Batas waktu mengikuti waktu platform, jadi tidak ada milik Anda yang terlambat karenanya.</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>Tidak jadi; tidak ada yang diambil</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>Berbeda</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>Sengketa</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>Pekerjaan sengketa</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>Sengketa, dinilai ulang</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>Sengketa; pemeriksa lain menilainya</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>Jangan lanjutkan di jaringan ini; cocokkan file jaringan dengan milik penerbitnya.</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>Jangan bekerja di jaringan ini sampai penerbitnya menjelaskan. Jika hanya satu node blockchain Anda yang berkata begini, pakai yang lain di Pengaturan.</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>Kerjakan beberapa tugas dulu.</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Dokumen</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Selesai</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>Diundi platform sendiri, tanpa benih pemberi tugas: {n}.</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>Undian yang belum dibuka, dan tidak dihitung di sini: {n}.</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>Setiap baris adalah satu proyek: tugasnya, imbalan, upah per jam, dan jaminan.</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>Tambah penghasilan ke kantong simpanan Anda, dan banding sebelum waktunya habis.</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>Penghasilan {n} hari terakhir: {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Penghasilan</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>Masukkan alamat node dari blockchain yang benar di Pengaturan.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>Setiap jawaban diperiksa orang lain, yang harus sepakat; jawaban yang ditolak boleh Anda perbaiki sekali.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>Setiap jawaban diperiksa orang lain. Jaminan Anda {stake} GEM kembali bersama upah jika mereka sepakat; jawaban yang ditolak boleh Anda perbaiki sekali.</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>Setiap perubahan langsung disimpan. Tidak ada yang hilang jika listrik padam.</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>Setiap pembayaran ditanyakan, selama {time} lagi</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>Yang lainnya</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>Semua di sini untuk dicoba. Uang di jaringan latihan tidak bernilai.</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>Semua isinya sudah dibayarkan. {amount} GEM masuk ke dompet Anda.</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>Semua sudah dinilai; {n} diterima, dibayar kecuali ada keberatan</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>Semua sudah dikirim dan dinilai</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>Semua sudah dikirim; {n} menunggu putusan</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>Semua yang disimpan sebelumnya masih ada.</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>Semua utang kanal kepada Anda saat ini dijalankan keluar dari sana, dikurangi biaya.</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>Semua yang Anda kerjakan tersimpan.</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>Bukti ditulis ke {path}</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>Contoh {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>Contoh {n} dari {total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>Bertukar data dengan platform</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>Berpengalaman</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>Ekspor kunci dompet Anda ke file?</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Keadilan</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Biaya</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>Biaya perantara: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>Biaya untuk yang memeriksa</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Biaya perantara</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>Ambil kabar baru dulu dan coba lagi; jika tetap begitu, tunjukkan kedua angka ke platform.</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>Mengambil {done} dari {total}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>Sedikit jawaban ditolak dan pembayaran cepat adalah tanda baik.</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>Audit lebih sedikit daripada yang wajar secara kebetulan (1 dari {one_in}).</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Cari kerja</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>Selesaikan sebelum sisa waktu habis.</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>Jangan selesaikan apa pun lagi untuk platform ini. Biarkan komputer ini sesekali online sampai penutupan selesai.</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>Selesai, belum disegel</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>Beberapa contoh dulu: {share} di antaranya harus benar. Tidak ada biaya, tidak ada bayaran, dan bisa diulang.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Langkah pertama</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>Percobaan pertama</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>Dinilai buruk</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>Bebas di simpanan Anda</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>Kosongkan sebagian ruang dan coba lagi, atau mulai versi yang Anda pakai sebelumnya.</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>Kosongkan sebagian ruang dan coba lagi.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>Kosongkan sebagian ruang, atau pilih folder atau flashdisk lain.</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>Kosongkan sebagian ruang, atau ambil lebih sedikit tugas.</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>Mulai sekarang upah Anda mengisi simpanan sampai sebesar ini, tidak lebih: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>Dari simpanan Anda, saat penutupan selesai, mulai {time}: {amount} GEM.</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>Mulai {time} Anda bisa membawanya ke kontrak.</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>Danai dulu, atau cocokkan ketentuannya dengan yang didanai.</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>Dana tersedia</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>GEM tidak bisa dikirim ke alamat nol.</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>GEM tidak bisa dikirim ke alamat ini.</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>GEM Anda yang disisihkan untuk jaminan dan banding. Yang bebas di dalamnya bisa Anda keluarkan lagi.</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>GEM yang milik Anda sendiri, di blockchain. Anda bisa menyimpannya atau mengirimnya ke siapa saja.</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>GEM yang Anda pasang bersama jawaban. Kembali jika jawaban diterima, dan hilang jika tetap ditolak.</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>GRAM diaudit oleh dua pemeriksa yang harus sepakat.</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>Koin gas</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>Gems tidak ditutup dengan benar terakhir kali.</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>Gems sudah terbuka dengan profil ini.</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>Gems mengirimnya lagi sendiri.</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>Gems mengirim sisanya sendiri.</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>Gems {gems}, Python {python}, Qt {qt}, di {system}</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>Gems {version} bisa diunduh ({size}).</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>Bersiap</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>Beri tanggal atau waktu untuk setiap area.</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>Beri tanggal atau waktu.</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>Beri angka untuk setiap area.</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>Beri angka.</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>Beri nilai untuk setiap area.</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>Beri nilai.</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>Beri jumlah di atas nol.</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>Beri alamat lain.</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>Beri jumlah lain.</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>Beri lebih sedikit.</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>Beri alamat seseorang.</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>Kembalikan folder ke pengguna Anda sendiri, atau lepaskan perlindungan tulis pada disk.</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>Beri jawaban Anda sendiri.</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>Dikembalikan</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>Senang</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>Teruslah bekerja. Lihat penghasilan Anda lagi satu jam lagi.</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>Lanjutkan; jika terjadi lagi, tutup aplikasi dan buka lagi.</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>Kembali ke salinan sebelum pembaruan</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>Cukup baik untuk lanjut; pekerjaan lain yang diperiksa akan lebih menjelaskan.</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>Peringkat</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>Peringkat {grade}.</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>Setengah dari semua upah tiba lebih cepat; 95 dari 100 dalam {time}.</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>Setengah dari semua pemeriksaan kurang dari {time}.</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>Setengah dari semua tugas kurang dari {time}.</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>Serahkan pekerjaan yang selesai?</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>Serahkan pemeriksaan Anda?</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>Diserahkan ke perantara</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>Kebencian dan hinaan</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>Di sini ada semua yang Anda selesaikan, dan sampai mana prosesnya.</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>Disembunyikan: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Beranda</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>Rata-rata hasil kerja jujur</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>Jam tunggu alamat baru: {after}, sebelumnya {before}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>Seberapa baik pekerjaan Anda, paling rendah dan paling tinggi, sejauh hasil pemeriksaan. Makin banyak yang diperiksa, makin dekat keduanya.</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>Berapa lama dari mengirim jawaban sampai upah menjadi milik Anda.</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>Berapa lama biasanya satu tugas.</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>Berapa dari seratus jawaban untuk pemberi tugas ini yang ditolak. Rendah itu baik bagi Anda.</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>Berapa banyak jawaban Anda yang dilihat orang lain. Anda tidak bisa tahu yang mana, jadi kerjakan semuanya dengan baik.</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>Berapa banyak penolakan yang ternyata salah saat orang lain menilai ulang. Tinggi artinya: banding itu layak.</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>Jika dua kali gagal dimulai, versi sebelumnya kembali. Dompet dan pekerjaan Anda tetap tersimpan.</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>Jika ditolak, baca alasannya. Perbaiki, ajukan banding, atau biarkan.</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>Jika tidak ada yang menjawab tepat waktu, kontrak memutuskan menurut aturan.</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>Jika penolakan itu salah, ajukan banding dan katakan mengapa. Anda melihat simpanannya dulu.</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>Jika jendela tetap hitam, pasang GEMS_RENDERER=software.</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>Jika kalah, Anda rugi: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>Jika kalah, penolakan tetap berlaku.</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>Jika kalah, penolakan tetap berlaku; simpanan dan yang Anda lepas untuk banding hilang.</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>Jika Anda boleh mencoba lagi, memperbaiki sering paling cepat.</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>Jika Anda menginginkannya, minta lagi dan katakan ya di jendela itu dalam dua menit.</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>Jika menang, Anda mendapat {wins} GEM. Jika kalah, Anda rugi {loses} GEM.</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>Jika Anda juga bekerja di komputer lain, tidak ada yang salah. Jika tidak, beri tahu platform.</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>Dalam sehari: {after} GEM, sebelumnya {before} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>Sedang diperiksa</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>Dalam waktu itu pemberi tugas juga boleh membayar dua orang asing untuk melihat lagi; hanya jika keduanya menilai buruk, sampai {amount} GEM dari imbalan kembali.</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>Di kanal ini total yang Anda pasang menjadi: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>Di buku alamat Anda sebagai: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>Di folder Anda</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>Di dompet Anda</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>Pasang Gems lagi. Sampai saat itu, tugas bergambar tidak bisa ditampilkan.</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>Pasang Gems lagi; di Debian, ./dev setup menyebut apa yang kurang.</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>Pasang lagi versi terbaru.</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>Ini meminta jaminan; kantong simpanan Anda belum cukup. Mulailah dengan pekerjaan tanpa jaminan.</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>Meminta data pribadi, atau menampilkannya</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>Anda diminta lulus latihannya dulu; itu gratis.</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>Anda mendapat {amount} GEM.</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>Gems dipasang lewat pengelola paket sistem, yang juga membawa versi baru.</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>Bisa dijalankan sampai: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>Tidak bisa dibaca atau dipahami</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>Tidak bisa ditarik: pengirimannya sudah dimulai, jadi mungkin sudah ada di platform.</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>Datang sendiri begitu jawaban Anda diterima.</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>Perlu sedikit koin gas, yang bisa dibayar siapa saja. Semua orang bisa melihat kasusnya di blockchain.</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>Tanpa biaya, dan dibayar {amount} GEM saat diterima. Anda punya waktu sampai {time}.</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>Tanpa biaya. Anda punya waktu sampai {time}.</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>Ini memakai {size} kuota.</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>Ini memakai {size} kuota; seluruh program akan memakai {whole}.</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>Tidak mengikuti petunjuk</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>Harus tiba sebelum {time}, saat tugas pertama di dalamnya habis waktu.</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>Ini penipuan, atau mau membayar di luar platform</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>Melanggar hukum</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>Disalin sendiri begitu ada koneksi.</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>Ini dari sebelum profil ini. Tanda tangan platform atau blockchain membuktikan jumlahnya; tugas satu per satu tidak ada di komputer ini.</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>Tidak pernah dijalankan dua kali.</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>Belum diketahui apakah ada versi yang lebih baru.</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>Belum ada di blockchain. Sekarang bisa dibawa.</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>Sudah di blockchain dan ada yang banding: dinilai ulang sampai {time}.</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>Sudah di blockchain. Kontrak bisa membayar setelah {time}.</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>Ini satu tahap, paling banyak 1 GEM, dan dihitung sebagai utang kepada Anda. Tahap lain tidak ditandatangani sebelum ini dibayar; sisa simpanan Anda tetap di tempatnya.</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>Ini terutang kepada Anda dan datang bersama voucher berikutnya.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>Dibayar kecuali pemberi tugas keberatan sebelum {time}.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>Dibayar kecuali pemberi tugas keberatan.</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>Dikirim lagi sampai platform menandatanganinya, dan dihitung sekali.</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>Akan dicoba lagi; periksa alamat penjaga di Pengaturan.</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>Ada di platform seperti yang Anda kirim.</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>Giliran Anda: banding, atau biarkan. Jika Anda diam saja, penolakan berlaku sendiri.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>Giliran Anda: perbaiki, banding, atau biarkan.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>Giliran Anda: perbaiki, atau biarkan.</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>Terkirim saat ada koneksi, paling lambat {time}.</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>Bayarannya tidak sesuai dengan yang tertulis</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>Menampilkan hal yang mengganggu tanpa peringatan</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>Platform memakai voucher yang lebih lama dari milik Anda, jadi semua sisanya milik Anda: {amount} GEM di akhir.</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>Saya disuruh membuka tautan atau program</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>Dibiarkan seperti semula. Uang Anda ada di blockchain dan kata rahasia Anda membukanya di mana saja.</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>Tidak disimpan, dan tidak ada yang dibuka.</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>Tidak ditunjukkan ke blockchain tepat waktu, jadi kontrak tidak bisa membayarnya.</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>Tidak disentuh.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>Pemberi tugas keberatan; pemeriksa lain menerimanya lagi.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>Pemberi tugas keberatan; pemeriksa lain menolaknya.</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>Pemberi tugas keberatan. Pemeriksa lain menilai ulang.</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>Pemberi tugas membayar dua pemeriksa lain untuk melihat lagi pekerjaan yang diterima ini.</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>Pemberi tugas menulis:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>Kata rahasianya ada di kertas Anda: dengan itu dompet kembali di komputer mana pun.</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>Kata rahasianya belum pernah dicocokkan dengan kertas Anda. Tanpa kata itu, dompet hanya ada di folder ini.</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>Waktunya habis sebelum diserahkan.</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>Nilai hanya yang diminta petunjuk, bukan selera Anda.</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>Dinilai sebelum {time}.</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>Simpan dua belas kata Anda di kertas di tempat aman. Setahun sekali, pastikan masih bisa dibaca.</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>Disimpan di keyring sistem</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Disimpan.</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>Jawaban sudah diketahui</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>Hari terakhir untuk keberatan</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{n} hari terakhir: {paid} GEM per jam dari tugas dibayar, {all} GEM dengan waktu tak dibayar</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Nanti</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>Lebih dari seminggu</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>Paling rendah dan paling tinggi</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>Jangan pakai tanda pemisah ribuan.</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>Sisa di simpanan untuk jaminan: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>Biarkan penjaga atau folder menyimpan salinan voucher Anda.</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>Biarkan penerima menyerahkannya.</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Tingkat</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>Tingkat {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>Tingkat: {level}.</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>Baris ditulis ke {path}: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>Terkunci untuk Anda di kanal</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>Terkunci di kanal</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>Terkunci di kontrak untuk pekerjaan yang masih terbuka.</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>Lihat lagi nanti atau pilih proyek lain.</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>Cari lagi nanti, atau pilih folder lain. Versi Anda tetap jalan.</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>Cari lagi nanti. Jika dari flashdisk, mintalah agar ditulis ulang.</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>Lihat lagi saat waktunya tiba; kotak keluar memberi tahu kapan.</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>Cari lagi saat Anda online, atau ambil versi baru dari flashdisk.</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>Lihat lagi.</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>Lihat jumlah dan alamatnya, lalu coba lagi.</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>Lihat jawabannya dan petunjuk di sampingnya.</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>Lihat kasusnya: harus milik tugas ini, utuh, dan seperti saat ditandatangani.</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>Lihat saldo dompet sebelum Anda membayar lagi.</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>Cari di Pengaturan, di bagian Versi baru. Anda melihat kuota yang dipakai sebelum mengunduhnya.</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>Lihat di sini sebelum bekerja untuk orang baru.</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>Lihat apakah file seperti itu sudah ada, dan apakah disk penuh.</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>Terakhir dicari: {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>Mencari versi baru perlu koneksi.</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>Mencari versi baru…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>Rata-rata hilang</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>Kalah: pemeriksa lain juga menolak.</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>Buat dompet. Gratis, tanpa bank dan tanpa nama.</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>Buat yang baru, atau kembalikan dari kata-katanya.</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>Buat yang baru, atau kembalikan milik Anda, di jendela.</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>Sediakan ruang sebelum mengambil pekerjaan lagi; yang tersimpan aman.</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>Kosongkan ruang, lalu lanjutkan. Yang sudah diunduh tetap tersimpan.</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>Banyak tugas sejenis dari satu pemberi tugas, dengan satu harga dan satu aturan.</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Tanda</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>Tandai paling sedikit satu area.</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>Diukur dari pekerjaan yang sungguh dilakukan.</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Pengukuran</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>Gambar medis</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>Pesan dari pemberi tugas: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>Uang boleh ke sana</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>Uang boleh langsung ke sana, dalam batas harian Anda, tanpa ditanya.</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>Uang boleh ke sana tanpa ditanya, dalam batas harian Anda, setelah sekian jam: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>Audit lebih banyak daripada yang wajar secara kebetulan (1 dari {one_in}).</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>Jawaban terakhir Anda lebih banyak ditolak daripada biasanya.</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>Jadikan sebagian simpanan Anda siap dicairkan?</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>Dari simpanan Anda menjadi siap dicairkan</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>Masuk ke simpanan Anda</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>Sebutkan penjaga atau folder di Pengaturan agar ada salinan di tempat lain.</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>Sebutkan pemegangnya.</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>Nama: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>Bukan keduanya</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>Jangan pernah memotretnya dan jangan beri tahu siapa pun, bahkan kami.</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>Pemberitahuan baru: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Versi baru</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>Pekerjaan baru</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>Pendatang baru</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>Kabar yang perlu koneksi untuk diperiksa: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>Kabar: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>Sembilan tugas menghasilkan 1 GEM dan satu tidak menghasilkan: rata-rata 0,90.</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>Belum ada jawaban yang dinilai, jadi belum bisa bicara soal keadilan.</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>Tidak ada tuntutan tentang tugas ini yang menunggu.</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>Tidak ada file setengah jadi yang tertinggal, dan pekerjaan Anda tersimpan di komputer ini.</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>Belum ada pekerjaan yang dinilai</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>Belum ada pekerjaan yang dinilai.</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>Tidak ada kunci yang disebut.</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>Tidak ditawarkan lagi</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>Lama tanpa jaringan? Di Kotak keluar pilih “Tanpa jaringan…” dan tulis file ke flashdisk.</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>Tidak ada kurs {code} dari 30 hari terakhir. Ketik sendiri, atau tunggu kurs dari platform.</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>Belum ada penilaian.</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>Tidak ada penolakan yang dibanding.</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>Tanpa jaminan. {fee} dari imbalan membayar pemeriksaan selama catatan Anda masih muda; {audit} jawaban Anda diperiksa. Biaya turun dengan setiap jawaban diperiksa yang benar.</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>Tidak ada tugas di sini</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>Tidak ada tugas yang perlu dibayar.</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>Tidak ada putusan tugas ini yang menunggu di blockchain.</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>Tidak ada versi Gems di sana.</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>Belum ada pekerjaan yang bisa diundi untuk audit.</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>Tidak ada yang memeriksa jawaban, kecuali pemberi tugas membayar dua orang asing untuk itu; yang lain diterima apa adanya.</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>Belum ada yang menulis di sini.</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>Tidak ada yang menilainya tepat waktu, jadi dianggap diterima.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Tidak ada</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>Tidak ada proyek tempat Anda bekerja yang punya tugas untuk Anda saat ini.</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>Tidak diaudit</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>Pekerjaan yang diperiksa belum cukup.</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>Tidak terjelaskan oleh data di sini</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>Belum dibuka</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>Tidak benar</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>Tidak terkirim: percakapan ini sudah ditutup</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>Tidak yakin? Kembalikan saja; tidak ada ruginya.</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>Tidak diterima; kotak keluar memberi tahu apa yang perlu dilakukan: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>Belum dipakai</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>Tidak ada selain imbalannya; penolakan tetap berlaku.</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>Tidak ada yang bisa dituntut di blockchain dari platform ini sampai kuncinya didaftarkan. Beri tahu platform.</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>Jumlah nol tidak bisa dimasukkan ke kanal.</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>Belum ada yang dibayar.</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>Tidak ada isinya yang diubah.</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>Belum ada yang dijawab.</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>Tidak ada yang terkunci untuk pekerjaan terbuka.</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>Tidak ada yang hilang karenanya. Jika sering terjadi, simpan laporan di Pengaturan.</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>Tidak ada yang hilang; dompet masih dibuat.</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>Tidak ada yang kurang. Dari simpanan Anda datang {amount} GEM di akhir.</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>Tidak ada lagi: sudah beres.</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>Tidak perlu berbuat apa-apa. Simpanan datang sendiri saat penutupan selesai.</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>Tidak perlu berbuat apa-apa: tahap ini dikirim lagi sendiri. Jika berhari-hari tidak dibayar, beri tahu platform dan jangan ambil pekerjaan lagi darinya.</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>Tidak ada bagiannya yang disimpan. Versi Anda tetap jalan.</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>Tidak ada yang aneh: kira-kira memang segitu secara kebetulan.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Tidak ada yang menunggu dikirim</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>Tidak ada yang menunggu dikirim. File tetap bisa meminta kabar: putusan dan pembayaran.</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>Tidak ada yang diterima, dan tidak ada yang dijaminkan.</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>Tidak ada yang diterima.</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>Tidak ada yang diubah dan kata-katanya tidak disimpan.</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>Tidak ada yang diubah dan yang Anda ketik tidak disimpan.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Tidak ada yang diubah.</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>Tidak ada yang diubah. Dompet Anda masih tersimpan di komputer ini.</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>Tidak ada uang yang berpindah.</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>Tidak ada yang dikirim, dan semua yang ditandatangani disimpan di sini.</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>Tidak ada yang dikirim.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>Tidak ada yang ditandatangani dan tidak ada yang dijaminkan.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>Tidak ada yang ditandatangani dan tidak ada yang diubah.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>Tidak ada yang ditandatangani atau dikirim ke sana. Kunci dan pekerjaan Anda ada di komputer ini.</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>Tidak ada yang ditandatangani.</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>Belum ada yang disimpan.</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>Tidak ada yang disimpan.</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>Tidak ada yang diambil. Anda bisa mencoba lagi.</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>Tidak ada yang diambil; yang ada di sini aman dan bisa diselesaikan serta dikirim.</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>Pemberitahuan hari ini: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Sekarang</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>Tombol angka memilih jawaban; Enter menyelesaikan tugas. F2 menampilkan semua tombol.</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>Keberatan pemberi tugas atas jawaban yang diterima: {n}; dikabulkan: {won}.</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>Tanpa pemberi tugas</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>Dari ini sekarang: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>Dari {last} terakhir, {rejected} ditolak: tidak sebaik catatan panjang Anda.</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>Dari {last} terakhir, {right} benar: lebih baik dari catatan panjang Anda.</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>Offline: teruslah bekerja, nanti dikirim</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>Di Debian, pasang libpulse0. Tugas tanpa suara dan video tetap jalan.</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>Rata-rata</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>Di blockchain, menunggu konfirmasi</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>Sedang keluar dari simpanan Anda</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>Sedang keluar dari simpanan Anda: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>Sedang jalan: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>Satu jawaban menunggu dikirim</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>Dibuat saat jawaban disegel.</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>Satu angka untuk seberapa baik pekerjaan Anda, dihitung di komputer ini dari putusan yang ditandatangani.</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>Salah satu suara menerima pekerjaan ini, jadi ini bukan bukti penolakan.</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>Satu pemeriksa lain, yang belum pernah menilainya</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>Satu tugas ada di sini, sekitar {time} kerja</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>Sisa satu tugas di paket ini</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>Online</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>Hanya satu node blockchain dipasang, jadi perkataannya tidak bisa dibandingkan.</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>Hanya penengah dalam ketentuan yang boleh memutuskan ini.</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>Hanya kontrak proyek yang boleh melakukan ini.</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>Hanya kontrak penilai yang boleh melakukan ini.</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>Hanya platform yang bisa membacanya, dan tidak ada yang bisa mengubahnya di jalan.</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>Hanya penerima yang boleh menyerahkan pembayaran bertanda tangan ini.</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>Hanya pemberi tugas proyek ini yang boleh melakukan ini.</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>Hanya kedua pihak kanal yang boleh menutupnya.</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>Hanya yang ditandatangani pembuat Gems yang diterima, dari jaringan atau dari flashdisk.</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>Hanya Anda yang bisa membaca folder profil.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>Hanya {megabytes} MB kosong di disk profil.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>Hanya {megabytes} MB memori kosong.</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>Buka Gems</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>Buka browser, login ke jaringan, dan coba lagi.</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>Buka salah satu untuk melihat untung dan ruginya sebelum Anda mengambil apa pun.</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>Buka Kotak keluar dan baca mengapa jawaban Anda ditolak, dengan tempat yang dimaksud.</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>Membuka profil Anda</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>Proyek lain</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>Orang lain mengerjakan tugas yang sama, satu per satu, sampai cukup yakin jawaban mana yang benar; tidak ada percobaan kedua.</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>Orang lain menilai ulang. Jika menang, Anda mendapat upah dan simpanan Anda kembali.</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>Pengguna lain komputer ini bisa membaca folder profil.</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>Pemeriksa lain menilai ulang, paling lambat {time}.</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>Pekerjaan lain</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>Pekerja lain</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Kotak keluar</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>Dibatalkan</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>Terutang</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>Dibayar paling lambat</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>Sudah dibayar; pekerjaannya tidak ada di komputer ini</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>Dibayar ke kanal Anda</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>Dibayar ke kanal Anda.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Sudah dibayarkan</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>Dibayar jika yang lain sepakat</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>Dibayar dengan voucher berikutnya.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Upah</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>Upah pemeriksaan</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>Upah tugas</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>Upah untuk jawaban yang Anda kirim dan belum diputuskan. Sampai saat itu belum milik Anda.</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>Bayar untuk lebih sedikit tugas.</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>Bayar untuk lebih sedikit.</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>Upah karena melihat perbaikan Anda</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>Bayar untuk satu tugas atau lebih.</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>Upah untuk pemeriksaan ini</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>Bayar pekerjaan dari proyek?</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>Upah untuk pekerjaan yang sedang dinilai ulang. Segera diputuskan siapa yang mendapatkannya.</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>Upah di voucher ini</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>Bayarkan penghasilan Anda?</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Upah per jam</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>Upah yang sudah diputuskan tetapi belum ditandatangani. Ada di voucher platform berikutnya.</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>Upah yang terbukti milik Anda oleh tanda tangan platform. Anda bisa mencairkannya kapan saja.</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>Kanal pembayaran</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>Tidak dibayar dan tanpa risiko.</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>Denda</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>Denda jika ditolak</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Gambar</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>Gambar ditampilkan oleh kartu grafis.</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>Gambar ditampilkan tanpa kartu grafis, dan itu cukup.</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>Gambar dari orang asing dibuka dalam proses tersendiri.</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>Andalan</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Platform</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Latihan</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>Berlatih dengan tiga contoh</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>Menyiapkan proyek: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>Tekan A jika jawabannya benar.</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>Tekan R jika salah, lalu pilih alasannya: pembuatnya harus tahu apa yang perlu diperbaiki.</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>Tekan “?” di samping angka mana pun untuk membaca artinya.</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>Mungkin kurang dari 55 % jawaban Anda benar.</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>Mungkin kurang dari 70 % jawaban Anda benar.</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>Lindungi dompet dengan kata sandi saja.</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>Dilindungi kata sandi Anda</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>Dimasukkan ke kontrak</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>Urutkan bendanya untuk setiap area.</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>Urutkan bendanya.</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>Pasang jaminan?</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>Python {python} tidak didukung Gems.</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>Qt tidak bisa dimuat.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Keluar</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>Baca petunjuknya dulu. Di sana tertulis jawaban seperti apa yang baik.</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>Siap dicairkan</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>Siap dicairkan sekarang: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>Segarkan dan pilih lagi.</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>Segarkan dan coba lagi.</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>Segarkan untuk melihat keadaannya.</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>Segarkan, dan lihat apa kata blockchain sekarang.</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>Reguler</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Ditolak</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>Jawaban ditolak</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>Ditolak pada {time}.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Hubungan</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Perantara</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>Lepas tugas yang sudah dibayar kepada Anda?</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>Hapus sesuatu dulu.</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>Hapus program dengan cara yang sama seperti saat dipasang.</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>Hapus program dengan uninstall.sh di foldernya.</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>Hapus program dengan pengelola paket sistem Anda.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Pemberi tugas</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Laporan pemberi tugas</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>Pemberi tugas {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>Pemberi tugas diblokir: {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>Kembalikan dompet dari kata rahasianya; singkirkan vault.json dulu.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Periksa</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>Pemeriksaan no. {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>Pemeriksaan no. {n}, dijawab buta</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>Pemeriksa</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>Pemeriksaan dinilai: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Imbalan</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>Imbalan 1 GEM, biaya 5 %: Anda melihat dan mendapat 0,95 GEM.</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>Imbalan per tugas</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>Imbalan tugas</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Benar</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>Disimpan sebagai {file}.</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>Segel lagi.</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>Segel dan kirim jawaban Anda</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>Disegel dan menunggu dikirim</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>Lihat kedua kali</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>Percobaan kedua</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>Melukai diri</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>Kirim GEM keluar dari dompet Anda?</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>Kirim lebih sedikit tugas sekaligus.</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>Kirim sebelum {time}.</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>Kirim, atau tarik kembali dulu.</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>Kirim lebih sedikit, atau cairkan isi kanal Anda dulu.</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>Kirim lebih sedikit, atau isi akun dengan GEM dulu.</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>Kirim yang sudah selesai, tunggu putusannya, lalu coba lagi.</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>Kirim dalam</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>Pengiriman jawaban ini sudah dimulai: mungkin sudah ada di platform.</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>Mengirim {done} dari {total}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Dikirim</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>Dikirim ke alamat lain</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>Dikirim, belum dinilai</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>Terkirim. Kembalikan flashdisk, dengan balasan di dalamnya: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>Pasang kunci dan batas harian jika orang lain memakai komputer ini.</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>Setel jam komputer ini; sampai saat itu waktu yang tampil tidak tepat.</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>Setel jamnya; sampai saat itu Gems memakai waktu platform.</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>Betulkan tanggal dan jam, lalu cari lagi.</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>Pengaturan, keamanan, dan cadangan</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>Pemeriksaan Anda yang sudah tetap lalu dibatalkan: {overturned} dari {reviews}.</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>Konten seksual</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>Tunjukkan ini ke platform. Jika Anda punya file voucher, atau tahu penjaga yang menyimpan milik Anda, cari voucher lebih baru di sana: di Pengaturan, Uang, di bawah “Disimpan aman”.</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Dilewati</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>Ada yang meminta Anda mengerjakan contoh dulu. Gratis, dan bisa diulang.</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>Sebagian bisa mengganggu.</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>Ada tugas yang hasilnya lebih, ada yang kurang atau tidak ada. Ini nilai tengah dari sangat banyak tugas.</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>Ada yang banding atas putusan pertama; Anda salah satu yang menilai ulang.</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>Ada orang yang dihina atau diancam</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>Seorang anggota panel bukan pemeriksa dalam ketentuan proyek.</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>Seseorang membawa flashdisk ke komputer dengan jaringan. Tidak ada yang bisa membaca atau mengubah pekerjaan Anda.</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>Pihak yang membawa pencairan Anda ke blockchain dan membayar koin gas, dengan sedikit biaya.</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>Hal lain</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>Ada yang salah di aplikasi ini.</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>Ada yang salah dengan kanal Anda</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>Ada yang terlewat</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Suara</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>Suara dan video bisa diputar.</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>Suara dan video tidak bisa diputar di sini.</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>Suara dan video tidak bisa dibuka di komputer ini: pustaka sistem kurang (di Debian: libpulse0).</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Kecepatan</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>Jaminan</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>Jaminan 0,10, imbalan 0,50: jika diterima, Anda dapat 0,50 dan 0,10 Anda kembali.</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>Jaminan berisiko</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>Jaminan kembali</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>Jaminan hilang</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>Jaminan dipasang</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>Jaminan, hilang karena ditolak</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>Bertanggung jawab atas proyek?</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>Mulai Gems dari sesi desktop.</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>Mulai Gems sekali untuk membuatnya.</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>Mulai Gems: salinan baik yang terbaru dikembalikan dan file rusak disimpan. Periksa disk.</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>Mulai versi yang lebih baru, atau kembalikan dompet dari kata-katanya di profil baru.</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>Mulai dengan --home dan folder di disk komputer ini, atau buat folder ini bisa dipakai.</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>Pemula</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>Memulai blockchain</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>Memulai platform</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>Tetap online sebentar: Gems menyerahkannya kembali sendiri. Lalu coba lagi.</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>Tetap online sebentar: Gems mengirimnya sendiri. Lalu coba lagi.</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>Tetap bebas dicairkan</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>Pakai paling sedikit {n} huruf; beberapa kata berurutan mudah diingat.</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>Ambil cukup tugas selagi online.</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>Tarik kembali dulu, jika boleh.</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>Jangan ambil pekerjaan lagi dari platform ini sampai kuncinya terdaftar.</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>Jangan ambil pekerjaan atau kirim uang di jaringan ini; cocokkan filenya dengan milik penerbitnya.</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>Ambil tugas selagi online; Anda bisa mengerjakannya tanpa jaringan.</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>Cabut hak baca mereka: chmod 700 pada folder itu.</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Ambil tugas pertama Anda</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>Ditarik kembali</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>Mengambil tugas</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>Tugas no. {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>Tugas no. {n}, diperbaiki</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>Tugas {index}, percobaan {attempt}: yang lain menilai ulang di putaran {round}.</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>Tugas {n} dari {campaign}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>Tugas dinilai: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>Tugas yang waktunya segera habis: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>Tugas yang Anda ambil disimpan untuk Anda sampai waktu tertentu. Sebelum itu orang lain tidak mendapatkannya.</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>Tugas yang waktunya habis: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>Sekitar sepuluh; Anda bisa mengerjakannya tanpa jaringan.</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>Teks</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>Itu satu jam lagi</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>Kata sandi itu tidak membuka dompet ini.</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>Halaman Kepercayaan menunjukkan seberapa jauh lagi.</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>Isi akun kurang dari GEM yang mau dikirim.</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>Jumlahnya sudah berubah.</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>Jumlahnya terlalu besar untuk kanal.</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>Jumlahnya nol atau terlalu besar.</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>Jawaban sebelum diperbaiki</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>Jawabannya belum lengkap</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>Jawaban tidak ditandatangani pekerja tugas ini.</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>Jawaban yang ditolak</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>Jawaban tidak dicatat di blockchain sebelum batas waktunya.</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>Jawaban tidak ditandatangani platform.</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>Panel banding menilainya. Anda tidak perlu berbuat apa-apa.</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>Penugasan tidak ditandatangani platform.</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>Batang ini menunjukkan yang paling rendah dan paling tinggi yang pasti sejauh ini. Setiap pemeriksaan memendekkannya.</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>Tombol besar membawa Anda lanjut: ke tugas berikutnya, atau ke pekerjaan baru.</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>Tagihan tidak ditandatangani platform.</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>Simpanan dan jaminan tugas ini; penolakan tetap berlaku.</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>Simpanan {amount} GEM hilang.</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>Target simpanan disimpan.</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>Simpanan yang Anda pasang</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>Simpanan; penolakan tetap berlaku.</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>Busnya telat satu jam lagi.</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>Proyek ini tidak punya putaran itu.</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>Proyek ini belum berakhir.</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>Proyek pemeriksaan ini tidak ada di komputer ini.</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>Proyek tugas ini tidak ada di komputer ini.</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>Proyek akan berakhir terlalu jauh di masa depan.</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>Proyek seharusnya sudah berakhir.</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>Putaran, peluang audit, atau denda proyek ini tidak mungkin.</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>Kontrak proyek punya penilai lain.</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>Proyek memerlukan penilai.</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>Kasusnya tentang penugasan lain dari tugas ini.</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>Kasus ditulis ke {path}</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>Saat ini blockchain tidak bisa ditanya.</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>Blockchain menyimpan putusan yang berbeda.</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>Tidak ada uang untuk proyek ini di blockchain.</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>Blockchain tidak mengenal kanal itu.</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>Node blockchain tidak menerima transaksi: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>Node blockchain tidak menampilkan yang lebih baru dari setengah jam: mereka berhenti mengikuti blockchain.</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>Kata blockchain tentang uang berbeda dengan platform: lihat di bawah.</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>Kanal sedang ditutup atau sudah ditutup.</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>Kanal tidak sedang ditutup.</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>Kanal tidak disimpan.</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>Pemeriksaannya sendiri gagal.</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>Pencairan datang lebih lambat dari yang Anda izinkan.</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>Pencairan tidak diterima.</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>Jam komputer ini salah.</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>Jam komputer ini tampaknya salah.</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>Penutupan sudah sedang jalan.</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>Penutupan sudah diserahkan ke perantara. Kata blockchain datang sebentar lagi.</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>Penutupan kanal belum bisa diselesaikan.</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>Penutupan kanal Anda bisa selesai sehari yang lalu, dan platform belum menyelesaikannya.</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>Penutupan kanal yang Anda minta tidak dijalankan.</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>Agunan sudah sedang keluar.</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>Kontrak sudah membayarnya ke dompet Anda.</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>Kontrak menjaga simpanan Anda. Tidak ada hari terakhir untuk menyelesaikannya, dan orang lain tidak bisa mengambilnya.</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>Kontrak tidak boleh mengambil GEM sebanyak itu dari akun.</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>Kontrak menolak dan tidak memberi alasan: ada angka yang tidak cocok, atau gasnya kurang.</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>Kontrak menolak: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>Kontrak tidak membereskan proyek ini lagi hari ini.</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>Salinan ini dari {day}. Catatan yang ditulis versi lebih baru sejak itu: {count}.</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>Basis data tidak bisa dibaca.</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>Basis data rusak.</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>Basis data baik: {answers} jawaban, {unsent} belum dikirim.</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>Basis data profil ini rusak.</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>Basis data ditulis oleh Gems versi lebih baru.</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>Tanggal komputer ini salah.</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>Keputusan tentang jawaban Anda: diterima, atau ditolak dengan alasan.</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>Waktu tunggu untuk keluar belum habis.</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>Keterangan jaringan tidak bisa dipakai.</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>Disk penuh, jadi ini tidak bisa disimpan.</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>Disk penuh.</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>Dokumen ini tidak punya halaman itu.</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>Dokumen ini dikunci dengan kata sandi.</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>Unduhan bisa berhenti dan lanjut kapan saja. Sementara itu, teruslah bekerja.</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>Undiannya dihitung ulang di komputer ini.</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>Dana titipan terlalu sedikit untuk putusan ini.</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>Bukti ditulis ke {path}</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>Makin sedikit makin baik: nilailah menurut yang diminta.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>File tidak bisa dibaca.</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>File tidak bisa ditulis di sana.</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>File tidak bisa dibuka.</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>File tidak bisa ditulis.</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>File rusak.</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>File belum ada di komputer ini.</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>File terlalu besar untuk dibuka dengan aman.</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>File di disk bukan milik tugas ini.</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>File terbuka dengan kata sandi yang baru Anda ketik untuknya.</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>File penyimpan dompet rusak.</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>File penyimpan dompet Anda rusak.</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>File terlalu lama dibuka.</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>File profil ini tidak bisa dibaca atau ditulis.</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>Yang pertama: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>Laporan pertama tetap berlaku.</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>Dua yang pertama dibandingkan sebelum urusan uang dipercaya.</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>Keempat angka menunjukkan penghasilan Anda, yang bisa dicairkan, yang sedang diperiksa, dan yang menunggu dikirim.</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>Yang tertinggi yang ditandatangani untuk Anda berlaku dan disimpan di sini. Kedua tanda tangannya membuktikannya.</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>Kunci yang dipakai platform untuk menandatangani tidak terdaftar atas namanya di blockchain.</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>Kunci yang menandatangani tidak terdaftar di blockchain untuk platform ini.</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>Kunci ditulis ke {path}</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>Labelnya salah</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>Daftar di bagian akhir menjelaskan mengapa setiap jumlah masuk atau keluar.</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>Daftar kanal dan jumlah tidak sama panjang.</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>Jaringan latihan lokal tidak dimulai.</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>Jawaban Anda tidak kena undian, jadi tidak ada yang memeriksanya: diterima.</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>Uangnya belum diperiksa di blockchain.</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>Uang untuk membayar Anda. Satu GEM punya banyak bagian kecil, supaya pekerjaan kecil bisa dibayar.</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>Uang dana titipan ini sudah sedang keluar.</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>Uangnya sudah diperiksa di blockchain oleh komputer ini.</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>Jaringan meminta login sendiri dulu.</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>Kata sandi baru berlaku mulai sekarang.</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>Versi baru tidak bisa ditulis: disk penuh, atau tidak boleh menulis di sana.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>Versi baru mulai saat Anda membuka Gems lagi, tidak pernah di tengah pekerjaan Anda.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>Versi baru mulai saat Anda membuka Gems lagi. Yang sedang Anda kerjakan tidak terganggu.</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>Cadangan terbaru tidak bisa dibaca.</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>Yang terbaru, sejak {time}</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>Peringkat berikutnya, {grade}, masih jauh.</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>Pengelola sudah menjawab banding Anda, dan Anda tetap dikeluarkan. Anda boleh menulis lagi.</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>Pemeriksa lain sepakat dengan Anda.</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>Penilaian pemeriksa lain berbeda, jadi pemeriksaan ini tidak dibayar.</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>Panel tidak punya kursi itu.</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>Panel tidak urut menurut alamatnya.</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>Panel tidak ditandatangani platform.</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>Bagian Gems yang menjaga kunci Anda berhenti.</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>Kata sandi kosong.</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>Kata sandi terlalu pendek.</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>Pembayaran tidak ditandatangani pemberi tugas proyek ini.</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>Pembayaran tagihan ini belum ditebus.</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>Izin mengambil GEM datang terlambat.</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>Gambar tidak bisa dibuka.</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>Gambar rusak.</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>Gambar belum ada di komputer ini.</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>Gambar terlalu besar untuk ditampilkan dengan aman.</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>Gambar di disk bukan milik tugas ini.</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>Gambar terlalu lama dibuka.</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>Platform menjawab, ditandatangani kuncinya, dalam {milliseconds} ms.</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>Platform pulih dari cadangan dan belum punya voucher terbaru Anda.</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>Platform tidak bisa dihubungi.</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>Platform tidak bisa membuka file gambar, suara, dan videonya.</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>Platform tidak bisa membuka tempat penyimpanan datanya.</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>Platform tidak bisa menghubungi blockchain.</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>Platform menutup kanal Anda</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>Platform tidak bisa membaca yang dikirim.</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>Platform menghitung putusan yang ditolak komputer ini, karena buktinya tidak kuat. Putusan itu dilihat lagi setiap kali mulai; jika tetap begitu, tunjukkan angkanya ke platform. Putusan yang ditolak: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>Platform menghitung catatan Anda berbeda dengan komputer ini, jadi upah dan peluang audit darinya tidak sesuai untuk Anda. Audit lulus berturut-turut, tugas jenis ini yang benar, dan tugas jenis ini yang diperiksa, menurut hitungannya dan hitungan komputer ini: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>Platform menghitung {theirs} audit lulus, komputer ini {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>Platform menghitung {theirs} tugas diperiksa, komputer ini {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>Platform menghitung {theirs} jawaban benar, komputer ini {ours}.</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>Platform tidak menerima login.</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>Platform tidak menerimanya</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>Platform tidak menerimanya.</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>Platform tidak menerimanya. Yang Anda lepas untuk itu menjadi milik Anda lagi.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>Platform tidak menerima banding Anda: datang terlambat.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>Platform tidak menerima banding Anda; penolakan tetap berlaku.</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>Platform tidak mengizinkan ini untuk akun Anda.</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>Platform tidak punya ini lagi.</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>Platform tidak punya proyek ini.</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>Platform tidak menerima pekerjaan Anda. Jika ditunjukkan ke blockchain sebelum waktunya habis, pekerjaan itu dihitung diserahkan; jika tidak ada putusan, kontrak bisa membayar Anda dari agunan platform.</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>Platform saat ini tidak memberi tugas lagi.</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>Platform memberi Anda peringkat {theirs}, hitungan komputer ini {ours}.</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>Platform tidak memberi Anda tugas lagi. Yang Anda tulis dibaca seorang manusia di platform.</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>Platform kehilangan catatan terbarunya. Voucher dan pekerjaan Anda sudah diserahkan kembali kepadanya.</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>Platform mengumumkan akan mengambil kembali agunannya.</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>Platform sudah menerimanya dan bertanya ke pemeriksa lain.</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>Platform kehilangan catatan terbarunya dan tidak menerima kembali voucher Anda.</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>Platform tidak punya agunan yang bisa membayar ini.</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>Platform belum menjalankan bagiannya. Anda bisa membawanya ke kontrak.</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>Platform belum membayar satu tahap keluar dari simpanan yang Anda tanda tangani.</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>Platform tidak punya kabar baru untuk Anda.</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>Platform hanya punya sebagian dari ini.</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>Platform sudah menunjukkan ke blockchain bahwa tidak ada utang untuk pekerjaan ini.</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>Platform sudah menandatanganinya</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>Platform sudah menandatangani bahwa pekerjaan Anda diterimanya, tetapi tidak memberi putusan. Kontrak bisa membayar Anda dari agunan platform.</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>Platform sudah menerima banding Anda; pemeriksa lain akan menilai ulang.</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>Platform sedang menutup kanal Anda dan perantaranya tidak menerima pencairan Anda.</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>Platform sedang menutup kanal pembayaran Anda.</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>Platform sedang mengambil kembali agunannya, jadi tidak ada jaminan yang dipasang untuk pekerjaannya.</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>Platform boleh mengambil dari uang proyek, totalnya: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>Platform mengalami kesalahan sendiri.</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>Platform menawarkan pemeriksaan dengan upah atau jaminan yang berbeda dari janji proyek.</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>Platform menawarkan tugas dengan upah, jaminan, atau peluang audit yang berbeda dari janji proyek.</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>Platform membukanya sampai {time}.</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>Platform berutang jumlah yang sama kepada Anda, siap dicairkan. Jika tidak menjawab, hanya tahap ini yang bisa hilang.</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>Platform menolak ini.</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>Platform berkata Anda memasang jaminan lebih banyak daripada yang diketahui komputer ini.</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>Platform berkata {theirs}; hasil yang ditandatangani menunjukkan {ours}.</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>Platform menunjukkan voucher yang lebih kecil dari yang diterbitkannya.</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>Platform menandatangani bahwa jawaban Anda sudah diterimanya.</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>Platform menandatangani dua voucher berbeda dengan nomor yang sama.</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>Platform menandatangani upah Anda</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>Platform masih punya waktu untuk menjawab tuntutan ini.</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>Platform masih punya waktu untuk menjawab.</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>Platform masih punya waktu, sampai {time}. Setelah itu bisa dibawa.</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>Platform menerima unggahan dengan cara lain.</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>Platform menunggu pelepasan tugas yang sudah dibayarnya kepada Anda.</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>Platform ingin Anda login lagi.</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>File voucher harian platform menunjukkan lebih sedikit daripada yang ditandatanganinya untuk Anda sebelumnya.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>Kunci platform untuk file antar tidak ada di sini.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>Kunci platform untuk file antar terlalu lama.</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>Kunci platform belum ada di sini. Sambungkan komputer ini ke jaringan sekali, selama semenit.</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>Kunci platform tidak terdaftar di blockchain, jadi tidak ada jaminan yang dipasang untuk pekerjaannya.</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>Tanda tangan platform untuk semua utangnya kepada Anda. Dengan itu blockchain membayar Anda, apa pun yang terjadi.</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>Tanda tangan platform diperiksa di komputer ini saat datang.</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>Proses pembuka gambar tidak mau mulai.</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>Profil ini terbuka di jendela Gems lain.</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>Profil {profile} belum ada di komputer ini.</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>Profil {profile} ada.</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>Folder profil tidak bisa ditulisi.</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>Tanda terima tidak ditandatangani platform.</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>Rekaman atau video ini dikodekan dengan cara yang tidak diizinkan di sini.</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>Rekaman, video, atau dokumen ini terlalu panjang untuk dibuka dengan aman.</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>Panggilan yang ditolak tidak mengubah apa pun, dan tidak ada GEM yang berpindah.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>Panggilan yang ditolak tidak mengubah apa pun. Isi dana titipan tetap di sana.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>Panggilan yang ditolak tidak mengubah apa pun. Bukti Anda disimpan dan bisa dibawa lagi.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>Panggilan yang ditolak tidak mengubah apa pun. Voucher Anda disimpan di komputer ini.</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>Penolakan ini sudah tetap. Jaminan Anda {amount} GEM hilang.</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>Biaya perantara lebih tinggi dari hasil pencairan.</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>Pelepasan tidak ditandatangani pekerja.</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>Laporan tidak bisa disimpan: disk penuh atau tidak bisa ditulisi.</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Pemberi tugas</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>Pemberi tugas keberatan.</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>Sudah waktunya pemberi tugas pergi: tidak ada putusan baru.</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>Imbalannya di atas ketentuan.</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>Imbalannya tidak lebih dari yang boleh untuk percobaan kedua.</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>Imbalan tugas; simpanan dan jaminan kembali, dan penolakan tidak dihitung.</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>Imbalan tugas; jaminan kembali, dan penolakan tidak dihitung.</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>Aturannya: orang lain mengerjakan tugas yang sama, sampai cukup pasti jawaban mana yang benar.</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>Aturannya: dua orang tak dikenal melihatnya. Hanya jika keduanya menilai buruk, sebagian upah kembali.</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>Aturannya: {k} dari {n} pemeriksa harus sepakat.</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>Skor berubah dari {first} ke {last}.</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>Layar memakai tombol ini sendiri. Tekan huruf, angka, atau tanda.</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>Toko buka jam sembilan.</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>Tanda tangan bukan dari akun pemilik GEM ini.</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>Pembayaran bertanda tangan datang terlambat.</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>Pembayaran bertanda tangan belum berlaku.</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>Suara yang ditandatangani tidak bisa dibaca lagi saat ini. Sudah diperiksa ketika datang.</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>Sumber kurs diawali atau diakhiri spasi.</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>Sumber kurs bukan satu baris teks biasa, paling banyak 80 karakter.</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>Jaminan tugas, yang bisa diselamatkan percobaan kedua; penolakan tetap berlaku.</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>Jaminan yang Anda pasang</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>Jaminan tidak diterima.</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>Tanda tangan jaminan bukan dari pekerja kanal ini.</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>Keyring sistem bisa menyimpan kunci dompet.</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>Tugas berakhir tanpa putusan, jadi yang Anda pasang kembali.</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>Tugas ini tidak ada di tagihan yang ditandatangani.</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>Ketentuan meminta suara kurang dari setengah panel.</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>Ketentuan meminta suara lebih banyak dari isi panel.</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>Ketentuan memberi lebih dari 30 hari untuk percobaan kedua.</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>Ketentuan tidak menyebut platform, atau menyebut yang mustahil.</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>Ketentuan tidak menyebut pemberi tugas, atau menyebut yang mustahil.</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>Ketentuan tidak membayar apa pun untuk tugas.</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>Bagian imbalan dalam ketentuan di luar batas.</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>Waktu banding belum habis.</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>Waktu banding di luar batas.</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>Waktu banding sudah habis.</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>Waktunya habis</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>Waktu untuk ini sudah habis.</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>Waktu tugas pertama di dalamnya sudah habis.</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>Waktu untuk banding sudah habis.</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>Token tidak bisa dibuat tanpa penerima.</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>Token tidak memindahkan GEM.</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>Pengiriman tidak diterima.</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>Kedua pesan tidak saling bertentangan.</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>Kedua bagian kasus tentang tugas yang berbeda.</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>Kedua kata sandi berbeda.</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>Pembaruan tidak dipasang.</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>Putusan dan suaranya ditandatangani. Komputer ini memeriksa setiap tanda tangan dan menghitung sendiri jumlah ini.</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>Jawaban pemeriksa adalah jawaban tugas; tidak ada percobaan kedua.</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>Versi yang terpasang tetap jalan. Dompet dan pekerjaan Anda tidak disentuh.</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>Suara tidak urut menurut kursinya.</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>Voucher tidak membawa apa pun yang belum dicairkan.</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>Voucher disimpan di komputer ini.</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>Voucher tidak ditandatangani kunci kanal ini.</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>Penantian selesai. Kontrak membayar begitu ada yang memintanya.</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>Dompet terkunci.</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>Pengeluaran agunan belum dimulai.</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>Pengeluaran dana titipan ini belum dimulai.</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>Pekerja tugas ini duduk di panelnya.</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>{amount} GEM yang Anda jaminkan bisa hilang.</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>Lalu buka Cari kerja dan ambil tugas pertama Anda.</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>Lalu putusan orang lain masuk; upah Anda ditambahkan begitu cukup banyak yang sepakat.</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>Suara kurang dari yang diperlukan putusan.</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>Masih ada kabar; buat file lagi untuk mendapatkannya</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>Tidak ada gambar bergerak di file ini.</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>Ada suara untuk tugas tanpa jawaban.</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>Sudah ada profil dengan nama ini.</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>Ada layar untuk menampilkan.</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>Ada dompet, tetapi kata rahasianya belum pernah diketik kembali.</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>Ada dompet; kata-katanya sudah ditulis dan diketik kembali.</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>Isi kanal Anda kurang dari biaya perantara.</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>Tidak ada suara atau gambar di file ini.</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>Basis data belum punya cadangan.</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>Tidak ada kontrak proyek di alamat yang diberikan.</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>Tidak ada salinan sebelum pembaruan di sini.</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>Belum ada basis data.</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>Tidak ada putusan akhir tentang tugas ini di sini.</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>Tidak ada putaran lagi untuk banding.</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>Tidak ada keyring yang aman dipakai.</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>Tidak ada voucher lebih baru di sana; milik Anda yang terbaru.</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>Tidak ada kanal pembayaran terbuka untuk memindahkan uang.</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>Belum ada kanal pembayaran.</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>Tidak ada laporan tentang pemberi tugas ini.</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>Tidak ada ruang untuk file ini.</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>Tidak ada layar untuk menampilkan.</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>Tidak ada suara di file ini.</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>Tidak ada folder itu untuk file voucher.</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>Tidak ada gambar itu di video.</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>Tidak ada profil itu di komputer ini.</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>Tidak ada token di alamat yang diberikan.</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>Tidak ada putusan di sini yang menunggu Anda.</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>Tidak ada putusan di sini yang bisa Anda banding.</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>Tidak ada putusan untuk dibanding.</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>Belum ada voucher.</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>Belum ada dompet di sini.</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>Belum ada dompet.</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>Saat ini tidak ada pekerjaan jenis ini.</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>Yang bebas di simpanan Anda tidak sebanyak itu.</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>Tidak ada di sini yang akan dibayar kontrak: sudah dibayar, atau platform masih punya waktu.</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>Belum ada yang akan dibayar kontrak untuk ini.</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>Belum ada yang bisa dicairkan yang sepadan dengan biaya perantara.</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>Ruang di disk terlalu sedikit untuk pekerjaan ini.</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>Ruang di disk terlalu sedikit.</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>Ruang di disk terlalu sedikit: kurang {size}.</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>Tidak ada koneksi.</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>Tugas ini lebih banyak dari yang bisa dimuat proyek.</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>Ini bukan kata-kata dompet baru Anda.</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>Ini angka untuk pendatang baru; berubah seiring pekerjaan Anda yang diperiksa.</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>Di tempat ini tidak ada kata dari daftar: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>Jawaban ditandatangani dan terkirim saat ada koneksi.</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>Mereka tidak melihat jawaban Anda sebelum memberi jawaban mereka.</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>Mereka menulis:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>Alamat ini tidak ada di buku alamat Anda.</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>Jumlah ini bisa dibaca dengan dua cara.</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>Jawaban ini sudah keluar dari kotak keluar.</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>Jawaban ini belum lengkap: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>Jawaban ini sudah diterima; pemberi tugas membayar Anda untuk melihatnya lagi.</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>Proyek ini tidak punya latihan.</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>Proyek ini hanya untuk peringkat A.</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>Proyek ini untuk peringkat B ke atas.</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>Proyek ini untuk peringkat C ke atas.</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>Proyek ini sudah berakhir.</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>File antar ini disegel untuk platform lain, atau sudah terlalu lama.</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>Komputer ini menghitung sendiri utang kepada Anda, dan tidak menerima voucher yang kurang dari itu.</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>Komputer ini tidak punya keyring yang aman, atau keyring tertutup.</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>Komputer ini melihatnya di blockchain.</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>Jam komputer ini cocok dengan jam platform.</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>Jam komputer ini berbeda {minutes} menit dari jam platform.</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>Pertentangan ini sudah pernah dibuktikan.</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>Gems yang ini dibuat tanpa pembaruan.</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>File ini tidak berisi voucher.</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>Ini file antar, bukan balasannya.</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>Ini balasan, bukan file untuk dikirim.</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>Ini untuk pengelola platform: lihat agunannya dulu.</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>Beginilah tampilan pemberitahuan</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>GEM ini lebih banyak dari yang bisa dimuat proyek.</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>Ini lebih dari yang boleh keluar sehari tanpa ditanya: {limit} GEM, dan {spent} GEM sudah terpakai hari ini.</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>Ini bukan alamat, atau salah satu hurufnya salah.</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>Ini bukan file antar, atau terpotong.</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>Ini bukan alamat yang benar: ada huruf atau angka yang salah, kurang, atau lebih.</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>Ini bukan file keystore yang bisa dibuka Gems.</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>Jenis gambar ini tidak diizinkan (yang boleh PNG, JPEG, atau WebP).</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>Ini bukan kunci pribadi: kunci punya 64 karakter dari 0 sampai 9 dan a sampai f.</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>Jenis rekaman, video, atau dokumen ini tidak diizinkan (yang boleh WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>Ini bukan jumlah GEM.</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>Ini bukan percobaan sebelum percobaan kedua.</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>Ini bukan kode mata uang.</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>Ini bukan nilai satu GEM.</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>Ini versi terbaru.</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>Ini proyek Anda sendiri.</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>Kunci ini tidak terdaftar untuk platform.</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>Jumlah pemeriksaan yang diserahkan, disegel pada {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>Jumlah tugas yang diserahkan, disegel pada {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>Jumlah tugas yang dilepas, disegel pada {time}: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>Tidak ada uang yang berpindah.</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>Jaringan ini menghitung kuota, dan Anda menyimpannya untuk hal lain.</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>Node ini tidak ditanyai lagi: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>Pilihan ini tidak bisa punya tombol.</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>Profil ini sudah berisi dompet.</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>Program ini tidak bisa memperbarui dirinya: foldernya tidak bisa ditulis.</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>Balasan ini untuk file orang lain, atau file yang Anda buat sudah lama.</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>Balasan ini berubah atau rusak di jalan, jadi ditolak.</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>Pemeriksaan ini dilakukan dengan mengerjakan tugasnya.</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>Pemeriksaan ini tidak terbuka lagi.</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>Pembayaran bertanda tangan ini sudah dijalankan atau ditarik kembali.</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>Tugas ini tidak bisa dikembalikan lagi.</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>Tugas ini bukan pemeriksaan buta.</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>Tugas ini tidak ada di komputer ini.</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>Tugas ini tidak terbuka lagi.</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>Tugas ini tidak bisa diubah.</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>Tugas ini sudah diterima dan dibayar.</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>Tugas ini sudah dibawa ke blockchain.</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>Tugas ini belum dibayar di muka.</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>Dompet ini tidak punya kata sandi.</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>Ini sudah dilakukan dengan cara lain.</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>Ini tidak disetujui di jendela dompet sendiri.</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>Ini tidak ditandatangani: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>Penjaga ini tidak menerima salinan lagi: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>Cara menyimpan dompet ini tidak dikenal.</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>Pekerjaan ini tidak diambil: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>Yang memeriksa tidak melihat jawaban Anda sebelum memberi jawabannya sendiri.</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>Tiga contoh</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Waktu</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>Waktu per tugas</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Sisa waktu</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Waktu sampai dibayar</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>Waktu untuk tugas yang tidak menghasilkan: dikembalikan, ditolak, atau dilewati.</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>Unduhan</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Unduhan per tugas</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>Memindahkan upah Anda dari kanal ke dompet. Baru setelah itu Anda bisa mengirimnya.</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>Ke alamat ini:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>Langsung ke dompet Anda: {amount} GEM. Biaya perantara {fee} GEM.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hari ini</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>Kuota hari ini sudah habis.</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Bersama-sama</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>Terlalu sedikit jawaban Anda yang diperiksa benar untuk lanjut.</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>Pekerjaan yang dinilai masih terlalu sedikit untuk tahu seberapa sering ditolak.</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>Pekerjaan masih terlalu sedikit untuk diukur.</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>Terlalu banyak permintaan dalam waktu singkat.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>Dicoba {n} kali; dicoba lagi pada {time}.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>Dicoba {n} kali; dicoba lagi saat ada koneksi.</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Kepercayaan</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>Skor kepercayaan</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>Coba lagi satu menit lagi.</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>Coba lagi nanti.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>Coba lagi. Jika tetap begitu, mulai dengan --fresh untuk memulai jaringan latihan dari awal.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>Coba lagi; jika tetap begitu, kembalikan tugasnya tanpa rugi.</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>Coba ambil pekerjaannya lagi.</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>Dua belas kata</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>Dua belas kata yang membuka dompet Anda di mana saja. Siapa yang punya kata itu, punya uang Anda: jangan beri tahu siapa pun.</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>Dua pemeriksa lain menilainya buruk: sebagian imbalan kembali ke pemberi tugas.</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>Ketik lagi; periksa Caps Lock dan keyboard. Kata rahasia Anda juga mengembalikannya.</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>Ketik yang sama dua kali.</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>Pada GRAM, jaminan pekerja harus sama dengan dendanya.</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>Di Bacaan Anda mengganti bahasa, huruf, dan warna.</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>Di Kerja dan data Anda menentukan berapa megabyte sehari yang boleh dipakai program.</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>Di bawah setiap tugas terlihat apa yang terjadi selanjutnya dan sampai kapan.</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>Buka kunci dompet lagi; jika tidak membantu, mulai Gems lagi.</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>Buka kunci dompet dan coba lagi.</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>Waktu tak dibayar</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>Sampai terdaftar, Gems tidak memasang jaminan untuk pekerjaannya: tidak ada kontrak yang akan mendengar kasus Anda.</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>Sampai saat itu jawaban Anda harus terkirim. Setelah itu tugas berpindah ke orang lain.</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>Sampai ini selesai, Gems tidak memasang jaminan untuk pekerjaannya.</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>Sampai saat ini Anda atau pihak lain boleh keberatan. Setelah itu putusan berlaku tetap.</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>Perbarui Gems, lalu coba lagi.</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>Perbarui Gems. Jika terjadi lagi, simpan laporan di Pengaturan dan beri tahu kami.</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>Pakai node blockchain lain di Pengaturan.</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>Pakai node blockchain lain, atau tambah satu lagi sebagai pembanding, di Pengaturan.</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>Pakai profil lain untuk dompet lain.</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>Pakai node blockchain lain: isi alamatnya di Pengaturan.</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>Pakai kunci yang membuat proyek ini.</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>Pakai aplikasi yang sudah dikemas, atau Python 3.11 sampai 3.13.</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>Pakai jendela yang sudah terbuka, atau tutup dulu.</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>Pakai kunci mereka.</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>Dipakai {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>Biasanya membayar dalam</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Putusan</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>Pemeriksa</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>Pemeriksa memutuskan sebelum {time}.</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>Berikutnya pemeriksa memutuskan. Anda tidak perlu berbuat apa-apa.</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>Pemeriksa sudah menilainya, dan platform belum membayar Anda. Kontrak bisa membayar Anda dari dana titipan proyek.</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>Versi {new} dua kali gagal dimulai, jadi {old} dipakai lagi.</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>Versi {version} bisa diunduh.</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>Versi {version} sedang diunduh.</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>Versi {version} siap.</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>Senior</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Video</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>Kekerasan</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>Voucher</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>Voucher {n} tanggal {time} membayarnya. Totalnya {paid} GEM untuk dicairkan dan {bonded} GEM untuk simpanan.</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>Tunggu sebentar; Gems mencoba lagi.</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>Tunggu sampai tidak bisa berubah lagi.</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>Tunggu sampai tiba.</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>Tunggu sampai berakhir.</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Tunggu sampai selesai.</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>Tunggu sampai selesai, lalu coba lagi.</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>Tunggu sampai tampil di blockchain.</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>Tunggu sampai putusannya tetap, lalu selesaikan keluarnya.</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>Tunggu, lalu ketik kata sandi lagi. Kata rahasia Anda juga mengembalikannya.</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>Menunggu koneksi berikutnya</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Dompet</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>Penjaga</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>Minggu mulai {day}: {had} diaudit, {expected} diperkirakan</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>Dikembalikan: dua orang menilai hasilnya buruk</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>Hari ini sungguh menyenangkan!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>Kerugian Anda dari jawaban ditolak, di luar imbalannya. Tidak pernah lebih dari jaminan Anda.</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>Uang yang sudah disetor pemberi tugas untuk membayar pekerjaan. Tidak bisa diambil kembali selama ada tugas terbuka.</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>Yang menjawab bukan platform jaringan ini.</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>Yang tidak muat ikut file berikutnya: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>Apa perasaan penulisnya?</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>Yang sudah keluar dari simpanan bukan jaminan lagi.</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>Yang sudah diserahkan tidak bisa diubah lagi. Tidak ada uang yang berpindah.</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>Yang tidak terbukti tidak diambil. Yang ditandatangani sudah kembali, dan uang Anda sesuai tanda tangannya.</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>Yang sudah dibayar tidak bisa ditarik kembali.</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>Yang sudah dikirim tidak bisa ditarik kembali oleh siapa pun. Cocokkan seluruh alamat dengan yang diberikan kepada Anda.</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>Yang boleh keluar dari dompet Anda dalam sehari tanpa ditanya. Jika lebih, dompet bertanya dulu.</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>Penghasilan orang di sini dalam satu jam, diukur dari pekerjaan yang dibayar.</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>Yang ditulis versi lebih baru disingkirkan ke folder profil, tidak pernah dihapus.</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>Uang yang sudah disetor platform untuk membayar Anda. Utangnya kepada Anda tidak bisa lebih dari ini.</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>Data yang diunduh program untuk satu tugas. Gambar dan suara besar, teks kecil.</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>Data yang dikirim dan diambil program hari ini. Batasnya Anda tentukan di Pengaturan.</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>Yang diambil perantara untuk membawa pencairan Anda. Anda melihatnya sebelum tanda tangan; tidak pernah lebih.</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>Asal data mutasi ini sudah tidak ada di komputer ini.</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>Yang menunggu terkirim sendiri saat Anda online, atau langsung dengan “Kirim sekarang”.</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>Yang ditemukan terlalu lama untuk dipercaya.</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>Yang ditawarkan tidak ditandatangani pembuat Gems.</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>Yang dikirim lebih besar dari yang diterima platform.</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>Penghasilan Anda tetap di kanal Anda.</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>Yang Anda dapat untuk satu tugas saat diterima.</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>Penghasilan Anda disimpan di sini dan bisa dicairkan. Pekerjaan tanpa jaminan jalan terus.</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>Penghasilan Anda disimpan di sini. Pekerjaan tanpa jaminan jalan terus.</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>Yang dibayar voucher terbaru Anda bisa dicairkan sampai penutupan selesai.</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>Yang dibayar voucher terbaru Anda langsung masuk ke dompet Anda, dikurangi biaya.</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>Yang dibayar voucher terbaru Anda diserahkan untuk Anda. Simpanan Anda datang saat penutupan selesai.</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>Jika jawaban Anda ditolak</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>Saat mengirim GEM, cocokkan seluruh alamat. Kiriman tidak bisa ditarik kembali.</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>Tempat upah Anda disimpan aman. Hanya Anda yang bisa mencairkannya, dan tidak ada yang bisa mengambilnya kembali.</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>Yang memberi pekerjaan dan membayarnya.</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>Orang yang memasangnya bisa menaruh versi baru di sana. Dompet dan pekerjaan Anda disimpan di tempat lain.</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>Siapa yang punya file dan kata sandi itu memiliki seluruh isi dompet ini, untuk selamanya. Gems tidak pernah meminta file seperti itu.</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>Siapa yang menguasai komputer ini bisa mengirim sebanyak itu tanpa persetujuan Anda.</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>Yang menulisnya harus menulisnya lagi.</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>Dengan benih pemberi tugas</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>Dengan dua node dari pengelola berbeda, yang berbohong akan ketahuan.</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>Jika {right} dari sepuluh berikutnya benar: paling sedikit {low} %, peringkat {grade}.</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>Dalam sehari</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>Dalam seminggu</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>Dalam satu jam</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>Dalam tiga hari</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>Tanpa jaringan, dengan flashdisk</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>Tanpa tanda terima platform, hanya yang tercatat tepat waktu di blockchain yang bisa dituntut.</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>Menang: jawaban Anda diterima.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Kata</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Kerja</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>Bekerjalah seperti biasa. Baris di bawah memberi tahu bahwa Anda offline; tidak ada yang hilang.</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>Ada pekerjaan Anda yang belum dibayar. Di kanal ini sudah tidak bisa dibayar lagi.</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>Kerja offline</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>Pekerjaan yang meminta jaminan tertutup bagi Anda sampai Anda menahan upah di simpanan lagi.</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>Mulai dengan pekerjaan tanpa jaminan: penghasilan pertama mengisi kantong simpanan.</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>Kerja offline, sesuai pilihan Anda</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>Terburuk pada satu tugas</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>Luka dan kecelakaan</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>Tulis paling sedikit satu huruf.</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>Tulis angka dengan paling banyak 18 desimal, misalnya 0.25.</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>Tulis angka dengan paling banyak 8 desimal, misalnya 12.50.</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>Tulis tiga huruf besarnya, misalnya KES.</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>Tulis kedua belas kata di kertas, berurutan. Hanya itu jalan kembali ke uang Anda.</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>Tulis dan pastikan kata-katanya: tanpa itu, disk yang rusak membawa hilang uangnya.</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>Tulis apa yang benar dari jawaban Anda.</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>Tulis jawaban Anda untuk setiap area.</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>Tulis jawaban Anda.</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>Ditulis dan ditandatangani. Terkirim begitu ada koneksi.</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>Sudah ditulis, belum dikirim</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>Ditulis: {name}. Berikan flashdisk ke orang yang punya koneksi.</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Salah</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>Ya, saya janji</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>Ya, tambahkan</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>Ya, banding</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>Ya, ubah</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>Ya, tutup</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>Ya, ekspor</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>Ya, serahkan</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>Ya, keluarkan</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>Ya, bayar</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>Ya, bayarkan</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>Ya, pasang</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>Ya, lepas</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>Ya, kirim</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Anda</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>Anda menerima jawaban itu.</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>Alamat ini baru saja Anda tambahkan. Tidak perlu ditanya mulai: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>Anda menjawab.</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>Anda banding dan kalah: pemeriksa lain juga menolak.</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>Anda banding dan menang.</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>Anda mengajukan banding.</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>Anda banding. Pemeriksa lain menilai ulang.</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>Anda bisa mencairkannya di halaman Penghasilan.</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>Anda mencairkan 10 GEM, biayanya 0,02: yang sampai 9,98.</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>Anda memperbaikinya: percobaan kedua menggantikannya.</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>Anda memperbaiki jawaban Anda.</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>Anda mengembalikan satu tugas. Anda tidak rugi dan jaminan Anda kembali.</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>Anda melepas banding, dan dengan itu imbalan tugas ini.</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>Anda melepas percobaan kedua dan banding, dan dengan itu imbalan tugas ini.</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>Anda melepas percobaan kedua, dan dengan itu imbalan tugas ini.</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>Anda mendapat tugas itu lagi untuk diperbaiki, sampai {time}.</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>Anda sudah menerima jawaban ini.</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>Anda sudah menolak jawaban ini: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>Anda sudah melewati jawaban ini.</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>Anda sudah banding.</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>Paket Anda yang belum selesai sudah sebanyak batas satu akun.</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>Anda sudah menyelesaikan percobaan kedua.</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>Anda sudah menyelesaikan percobaan kedua; tarik kembali dulu jika lebih suka banding.</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>Anda sudah menyerahkan percobaan kedua, jadi putusan pertama berlaku.</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>Anda sudah lulus latihannya.</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>Balasan ini sudah pernah Anda baca. Tidak ada yang baru.</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>Anda sudah melaporkan ini.</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>Peringkat Anda sudah tertinggi.</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>Anda menahan 2 GEM di sana; satu tugas meminta jaminan 0,10, jadi 1,90 tetap bebas.</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>Anda membiarkan penolakan itu.</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>Akhir-akhir ini Anda terlalu sering kalah banding tanpa simpanan.</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>Anda boleh banding atas penolakan: lalu orang lain menilainya.</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>Anda boleh banding sampai {time}.</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>Jawaban yang ditolak boleh Anda perbaiki sekali dan kirim lagi.</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>Anda boleh memperbaikinya.</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>Anda boleh memeriksa pekerjaan jenis ini.</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>Anda tidak perlu koin gas: perantara membayarnya.</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>Anda menjanjikan teks, upah, dan aturannya kepada semua yang mengerjakannya.</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>Anda menolak jawaban itu.</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>Anda menolak jawaban itu: {reason}.</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>Anda melaporkan ini</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>Anda menyimpannya sebagai kasus untuk kontrak.</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>Anda mengatakan bahwa penolakan itu salah, dan orang lain menilai ulang. Keputusan mereka yang berlaku.</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>Anda menandatangani ini di komputer ini.</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>Anda menulis:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>Halaman Kepercayaan menunjukkan seberapa jauh Anda darinya.</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>Akun Anda sudah menyimpan sebanyak yang boleh.</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>Jawaban Anda diterima.</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>Jawaban Anda kena undian untuk diperiksa.</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>Jawaban Anda ditolak.</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>Jawaban Anda:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>Jawaban dan uang Anda tersimpan dan aman.</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>Jawaban Anda untuk “{title}” sudah dinilai. Bagaimana pemberi tugasnya?</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>Banding Anda sudah ditulis dan ditandatangani; terkirim begitu ada koneksi.</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>Banding Anda terkirim saat ada koneksi berikutnya. Anda tidak perlu berbuat apa-apa.</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>Banding Anda menunggu pengelola platform. Yang Anda tulis sekarang menggantikannya.</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>Simpanan Anda menyusul saat penutupan selesai. Lamanya sesuai waktu yang ditetapkan saat kanal dibuka.</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>Kantong simpanan Anda tidak cukup untuk banding ini.</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>Kantong simpanan Anda tidak cukup untuk jaminannya.</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>Simpanan Anda, saat kanal berakhir</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>Kanal Anda sedang ditutup</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>Kanal Anda terbuka seperti semula, dan tidak ada biaya yang diambil.</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>Kanal Anda sudah membayarnya, jadi uang itu tidak diminta lagi dari siapa pun. Tidak ada uang yang berpindah.</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>Kanal Anda tetap terbuka dan isinya tetap milik Anda.</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>Pencairan Anda sudah di dompet</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>Data Anda tetap tersimpan.</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>Upah pertama Anda</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>Peringkat menunjukkan seberapa benar pekerjaan Anda yang diperiksa.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>Kunci, pekerjaan, dan voucher Anda ada di komputer ini dan tidak terpengaruh.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>Kunci, pekerjaan, dan voucher Anda ada di komputer ini dan tidak terpengaruh. Tidak ada yang dicatat dari jawaban ini.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>Kunci, pekerjaan, dan voucher Anda ada di komputer ini dan tidak terpengaruh. Tidak ada yang terpakai.</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>Voucher terbaru Anda sedang diserahkan untuk {amount} GEM.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>Voucher terbaru Anda disimpan di sini dan di penjaga Anda; nilainya sama di tangan siapa pun.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>Voucher terbaru Anda hanya disimpan di komputer ini.</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>Voucher terbaru Anda ditulis ke {path}</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>Perintah Anda sendiri mengisi simpanan dari upah Anda. Sampai berapa, Anda tentukan di Pengaturan.</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>Jalan upah Anda: sedang diperiksa, terutang, siap dicairkan, di dompet Anda.</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>Kanal pembayaran Anda sedang ditutup.</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>Kanal pembayaran Anda sudah ditutup</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>Kanal pembayaran Anda sudah dalam penutupan.</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>Izin Anda tidak cocok lagi dengan kanal: ada yang dicairkan lebih dulu.</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>Profil Anda tidak disentuh.</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>Penilaian Anda disimpan. Terima kasih.</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>Laporan Anda dikirim ke pengelola saat ada koneksi.</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>Bagian Anda untuk satu pemeriksaan</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>Jaminan Anda kembali jika pemeriksa lain sependapat dengan Anda.</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>Jaminan Anda dalam pekerjaan yang belum diputuskan. Kembali saat pekerjaan diterima.</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>Sistem Anda selalu memperbarui Gems.</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>Skor kepercayaan Anda belum cukup untuk memeriksa.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>Voucher dan semua bukti Anda disimpan di sini. Tidak ada yang dibayar dua kali dan tidak ada milik Anda yang hilang.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>Voucher dan semua bukti Anda disimpan di komputer ini.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>Voucher Anda disimpan di sini. Keduanya bisa ditunjukkan kepada siapa pun.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>Voucher Anda disimpan di sini. Kedua tanda tangannya membuktikannya.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>Voucher Anda disimpan di sini. Blockchain membayar yang terbaru, apa pun yang diingat platform.</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>Isi dompet Anda tidak cukup untuk itu dan biayanya.</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>Dompet Anda tetap seperti semula.</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>Dompet Anda masih tersimpan di komputer ini.</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>Dompet Anda tersimpan dan pekerjaan Anda aman.</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>Dompet Anda menandatanganinya. Sidik jarinya {code}.</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>Dompet Anda menandatangani banding dengan kata-kata ini.</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>Pekerjaan Anda tersimpan di komputer ini; tidak ada yang diubah.</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>Pekerjaan Anda tersimpan.</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>Pekerjaan Anda diterima. Pemberi tugas masih boleh keberatan untuk beberapa waktu; setelah itu dibayar.</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>Pekerjaan, jaminan, dan penghasilan Anda sudah kembali. Yang belum pernah dikirim hanya ada di komputer yang hilang.</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>{checked} tugas Anda yang diperiksa dihitung {counted}: tugas mudah, dan banyak tugas untuk satu pemberi tugas, dihitung lebih sedikit.</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>Bagian Anda</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>beberapa detik lagi</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>tanda</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>sekitar {n} jam lagi</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>sekitar {n} mnt lagi</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>sekitar {n} dtk lagi</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>sekitar {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>setelah diterima</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>setelah dikurangi rata-rata yang hilang</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>banding: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>begitu dikirim</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>perkiraan pemberi tugas</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>selain imbalan</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>huruf {start} sampai {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>dihitung untuk pendatang baru, dengan {share} jawaban benar</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>dihitung dengan {share} jawaban benar, dari catatan Anda sendiri</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>setiap jawaban diperiksa</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>bingkai {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>ini meminta jaminan dan belum ada kanal pembayaran.</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>jaminannya tidak bisa dipasang: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>waktunya hampir habis.</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>baru saja</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>diukur</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>diukur dari pekerjaan yang dibayar</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>belum ada dompet</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>belum ada yang dibayar</translation>
        </message>
        <message>
            <source>none</source>
            <translation>tidak ada</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>pekerjaan yang diperiksa belum cukup</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>belum diketahui</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>tidak ada</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>tidak ada yang dijaminkan</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>salah satu area yang ditandai</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>hanya di sini</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>hanya jika pemberi tugas membayarnya</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>hanya di yang lain</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>hanya imbalannya tidak dibayar</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>akhir terbuka</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>tumpang tindih {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>halaman {n}: {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>dibayar dalam {time} setelah dikirim</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>mungkin {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>pemeriksaan: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>kirim dalam {time}</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>pemeriksaan dilewati: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>tugas: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>platform sedang mengambil kembali agunannya, jadi tidak ada jaminan yang dipasang.</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>kunci platform tidak terdaftar di blockchain, jadi tidak ada jaminan yang dipasang.</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>pemberi tugas boleh keberatan selama {time}</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>waktu habis</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>sampai {reward} GEM</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>sampai {size} per tugas</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>dompet {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>jika tidak ada yang membantah</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>Anda tidak rugi</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>Anda rugi {amount} GEM</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>kanal pembayaran Anda belum punya setoran yang dikonfirmasi.</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>kanal pembayaran Anda sedang ditutup.</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>{amount} GEM per tugas</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>{amount} GEM diterima dan dibayar sebelum {time} kecuali pemberi tugas keberatan.</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>{amount} GEM diterima dan dibayar kecuali pemberi tugas keberatan.</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>{audit} jawaban Anda diundi dan diperiksa dua orang asing; yang dinilai salah oleh keduanya kena {penalty} GEM, semua yang lain dibayar penuh.</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>Ada {count} cadangan, yang terbaru berumur {hours} jam.</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>{count} – terlalu sedikit untuk berkata lebih.</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>{count} – {percent} %, mungkin {low}–{high} %.</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>{day}: belum ada tugas hari itu yang dibayar</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>{day}: waktunya terlalu sedikit untuk menghitung satu jam</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{day}: {paid} GEM per jam dari tugas dibayar, {all} GEM dengan waktu tak dibayar</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>{done} dari {total} langkah</translation>
        </message>
        <message>
            <source>{evidence}, {meaning}</source>
            <translation>{evidence}, {meaning}</translation>
        </message>
        <message>
            <source>{from_s} – {to_s} s</source>
            <translation>{from_s} – {to_s} dtk</translation>
        </message>
        <message>
            <source>{good} accepted, {bad} rejected</source>
            <translation>{good} diterima, {bad} ditolak</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>{good} sepakat dengan yang lain, {bad} tidak</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>{good} menang, {bad} kalah</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>{grade} tercapai; menjadi milik Anda jika tetap bertahan setelah 1 tugas diperiksa lagi.</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>{grade} tercapai; menjadi milik Anda jika tetap bertahan setelah {more} tugas diperiksa lagi.</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>{grade} – pekerjaan yang diperiksa belum cukup.</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h} jam {m} mnt</translation>
        </message>
        <message>
            <source>{label} {n}</source>
            <translation>{label} {n}</translation>
        </message>
        <message>
            <source>{mark} of 5</source>
            <translation>{mark} dari 5</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>{megabytes} MB kosong di disk profil.</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>{megabytes} MB memori kosong.</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>{month}: {had} diaudit, {expected} diperkirakan</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>{more} tugas diperiksa lagi sebelum Anda boleh memeriksa.</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>{more} tugas diperiksa lagi untuk pemberi tugas lain sebelum Anda boleh memeriksa.</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>{more} tugas diperiksa lagi ke tingkat berikutnya.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>{more} jawaban benar lagi berturut-turut sebelum Anda boleh memeriksa.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>{more} jawaban benar lagi berturut-turut ke {grade}.</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>{names}, dan {n} lainnya</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>{note} Mungkin paling sedikit {low} %.</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>{note}; {share} di antaranya akhirnya diterima</translation>
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
            <translation>{n} jawaban menunggu dikirim</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>{n} hari</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>{n} tidak menjawab.</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>{n} tugas selesai hampir habis waktu: kirim sebelum {time}.</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} jam</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>{n} ditahan oleh pengaturan Anda</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>{n} disimpan di komputer ini sampai ada koneksi</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} mnt</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{n} dari {total}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>{n} terbuka</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>{n} pemeriksa lain, yang belum pernah menilainya</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>{n} menilainya; {good} di antaranya memberi 4 atau 5.</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>{n} jawaban yang ditolak bisa diperbaiki atau dibanding.</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} dtk</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>{n} tanda tangan putusan ini diperiksa: milik Anda, platform, dan para pemeriksa.</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>{n} suara yang ditandatangani dihitung di komputer ini, dan hasilnya sama.</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>{n} tugas ada di sini, sekitar {time} kerja</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>{n} tugas dengan jaminan {amount} GEM</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>Sisa {n} tugas di paket ini</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>{n} tugas hampir habis waktu: selesaikan dan kirim yang pertama sebelum {time}.</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>{overturned} dari {rejected} penolakan dibatalkan – {percent} %, mungkin {low}–{high} %.</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>{part} dari {whole} banding pekerja menang</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>{part} dari {whole} keputusan pemeriksa dibalik kemudian</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>{part} dari {whole} jawaban yang dinilai diterima</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>{pay} GEM per tugas</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>{redone} dari {last} terakhir Anda dikerjakan ulang.</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>{rejected} dari {last} terakhir ditolak, lebih banyak dari biasanya bagi Anda.</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>{rejected} dari {decisions} ditolak – {percent} %, mungkin {low}–{high} %.</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>{reward} GEM sebelum biaya</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>{right} dari {checked} tugas diperiksa benar – pekerjaan yang diperiksa belum cukup.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>{right} dari {checked} tugas diperiksa benar – {percent} %, mungkin {low}–{high} %.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>{right} dari {checked} tugas diperiksa benar: terlalu sedikit untuk lanjut. Anda bisa banding.</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>{right} dari {checked} benar</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>{right} dari {checks} cek tersembunyi benar; perlu lebih dari itu untuk memeriksa.</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>{right} dari {of} benar</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>{share} sudah ada di platform.</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>{share} harus benar.</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>{share} jawaban ditolak</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>{share} jawaban ditolak, membayar dalam {time}</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>{share} dari imbalan</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>{share} dari {n} jawaban yang dinilai ditolak.</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>masing-masing {size}</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>{size} file menunggu.</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>{size} lagi</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>{size} diunduh</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>{size} hari ini</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>{spent} dari {limit} GEM terpakai hari ini</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>{stake} GEM dijaminkan</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>{time} setelah Anda kirim</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>{time} yang lalu</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>masing-masing {time}</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>Total {time}, {unpaid} di antaranya tak dibayar</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>{time} lagi</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>{time} untuk tugas yang dibayar</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>{title} (sudah dinilai)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>{title} disingkirkan; tidak ada isinya yang dihapus.</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>{unsent} akan dikirim, {waiting} menunggu putusan</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>{used} dari {allowed} MB hari ini</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>{when}: {n} dari {all} tugas dibayar ({share})</translation>
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
            <translation>{x} % dari kiri, {y} % dari atas</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>{yes} menilai benar, {no} menilai salah.</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>“Cairkan ke dompet saya” membawa yang sudah siap kepada Anda. Anda melihat biayanya sebelum tanda tangan.</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>“Dana tersedia” adalah uang yang sudah disetor untuk pekerjaan itu.</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>“{key}” sudah menjadi tombol “{option}”.</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>Gambar sedang dibuka …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>Tugas ini tidak menyebut gambar.</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>Video sedang dibuka …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>Waktu deret ini tidak bisa dibaca.</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>Tugas ini tidak membawa deret.</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[gambar]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>Rekaman sedang dibuka …</translation>
        </message>
    </context>
</TS>
