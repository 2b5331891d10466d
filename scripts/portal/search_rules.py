"""Hold the search rules of every locale as data; `search_text` applies them.

Everything is written as people spell it. `search_text.rules_for` folds it before use, so that
an ending with a long vowel also takes off the short one.
"""

from __future__ import annotations

SCRIPT_OF = {
    "hi": "devanagari",
    "ne": "devanagari",
    "bn": "bengali",
    "si": "sinhala",
    "ta": "tamil",
    "th": "thai",
    "zh-Hant": "han",
}

FOLD_OF: dict[str, tuple[tuple[str, str], ...]] = {
    "latin": (("\u00df", "ss"), ("\u00e6", "ae"), ("\u0153", "oe")),
    # A nasal before its stop, the nasal dot and the moon-dot are written for one another.
    "devanagari": (
        ("[ङञणनम]्(?=[क-म])", ""),
        ("[\u0901\u0902\u0903\u093c\u093d]", ""),
        ("\u094d", ""),
    ),
    "bengali": (
        ("য\u09bc", "\u09df"),
        ("[ডঢ]\u09bc", "র"),
        ("[\u0981\u09bc]", ""),
        ("\u09cd", ""),
    ),
    "sinhala": (("\u0dca", ""),),
    "tamil": (("\u0bcd", ""),),
    # Tone marks and the silencing mark are left out or misplaced when people type.
    "thai": (
        ("[\u0e47-\u0e4c\u0e4e]", ""),
        ("\u0e4d\u0e32", "\u0e33"),
        ("\u0e40\u0e40", "\u0e41"),
    ),
    "han": (),
}

LETTERS_OF = {
    "latin": "đd øo łl ıi",
    "devanagari": "ीि ूु ईइ ऊउ शस षस वब ैे ौो ऐए औओ णन",
    "bengali": "ীি ূু ঈই ঊউ শস ষস যজ ণন ৎত ঙং",
    "sinhala": "ඛක ඝග ඡච ඣජ ඨට ඪඩ ථත ධද ඵප භබ ණන ළල ශස ෂස ීි ූු ේෙ ෝො ෑැ ඳද ඟග ඬඩ ඹබ ඊඉ ඌඋ ඒඑ ඕඔ",
    "tamil": "ணன நன ளல ழல றர ீி ூு ேெ ோொ ஈஇ ஊஉ ஏஎ ஓஒ",
    "thai": "ใไ ศส ษส ณน ญย ฎด ฏต ฬล",
    # Simplified characters and Hong Kong variants, for readers who type those.
    "han": (
        "国國 劳勞 务務 权權 费費 签簽 证證 护護 险險 资資 钱錢 债債 还還 归歸 报報 诉訴 讼訟 请請 业業 雇僱 佣傭 应應 该該 "
        "员員 严嚴 厂廠 场場 离離 检檢 测測 种種 药藥 医醫 疗療 传傳 发發 现現 时時 间間 处處 罚罰 赔賠 偿償 补補 贴貼 贷貸 "
        "账帳 户戶 银銀 会會 议議 协協 约約 订訂 单單 据據 书書 语語 译譯 联聯 络絡 电電 话話 网網 机機 构構 关關 门門 开開 "
        "闭閉 问問 题題 质質 数數 隐隱 记記 录錄 为為 与與 于於 从從 来來 个個 们們 这這 里裡 裏裡 后後 对對 给給 让讓 没沒 "
        "无無 两兩 几幾 亲親 妇婦 儿兒 岁歲 孙孫 属屬 节節 训訓 练練 习習 学學 师師 责責 尽盡 职職 调調 监監 视視 审審 计計 "
        "规規 则則 条條 项項 经經 济濟 贸貿 链鏈 采採 购購 买買 卖賣 产產 货貨 运運 输輸 车車 飞飛 边邊 岛島 湾灣 马馬 亚亞 "
        "缅緬 兰蘭 卢盧 宾賓 团團 体體 组組 织織 帮幫 热熱 线線 綫線 领領 馆館 庄莊 确確 认認 误誤 骗騙 伪偽 贩販 强強 胁脅 "
        "杀殺 伤傷 残殘 压壓 虑慮 忧憂 郁鬱 爱愛 怀懷 独獨 众眾 衆眾 复復 兴興 创創 达達 进進 远遠 过過 适適 选選 择擇 递遞 "
        "邮郵 释釋 键鍵 错錯 锁鎖 长長 队隊 阶階 阳陽 阴陰 际際 陆陸 难難 须須 预預 顾顧 额額 风風 养養 饭飯 馀餘 验驗 鱼魚 "
        "龄齡 台臺 着著 説說 说說 衞衛 卫衛 羣群 峯峰 厨廚 床牀 厅廳 宽寬 当當 总總 态態 担擔 拥擁 挤擠 损損 换換 断斷 旧舊 "
        "层層 极極 标標 样樣 档檔 汇匯 滞滯 灾災 状狀 环環 码碼 础礎 礼禮 积積 称稱 稳穩 竞競 笔筆 类類 纪紀 级級 纸紙 终終 "
        "结結 统統 继繼 绩績 维維 缴繳 罢罷 范範 虽雖 装裝 触觸 评評 词詞 试試 详詳 负負 财財 贫貧 贵貴 轻輕 转轉 轮輪 办辦 "
        "动動 义義 乐樂 举舉 亏虧 仅僅 仓倉 价價 伙夥 优優 伦倫 侨僑 侦偵 侧側 党黨 减減 准準 凭憑 击擊 划劃 刚剛 别別 剥剝 "
        "剧劇 劝勸 势勢 区區 华華 厉厲 参參 双雙 变變 叶葉 号號 听聽 启啟 吗嗎 响響 园園 围圍 图圖 圆圓 块塊 坏壞 垫墊 执執 "
        "扩擴 扫掃 抚撫 拟擬 挂掛 搁擱 携攜 摄攝 敌敵 旷曠 显顯 晓曉 暂暫 术術 杂雜 东東 楼樓 欢歡 毕畢 气氣 汉漢 沟溝 泪淚 "
        "洁潔 浓濃 满滿"
    ),
}

_ID = (
    (4, "lah$ kah$ pun$ nya$"),
    (
        4,
        "^meny>s ^mem(?=[aiueo])>p ^men(?=[aiueo])>t ^meng ^mem ^men ^me ^peny>s "
        "^pem(?=[aiueo])>p ^pen(?=[aiueo])>t ^peng ^pem ^pen ^diper ^di ^ber ^ter ^per(?=[^aeiou]) ^ke ^se ^pe",
    ),
    (4, "^per(?=[^aeiou]) ^ber ^ke"),
    (4, "kan$ an$"),
    (4, "i$"),
)

STEPS: dict[str, tuple[tuple[int, str], ...]] = {
    "en": (
        (3, "ies$>y sses$>ss ches$>ch shes$>sh xes$>x ss$>ss us$>us is$>is s$"),
        (4, "ization$ isation$ ation$ ated$ ating$ ator$ ate$ ement$"),
        (3, "ment$ ing$ ed$"),
        (5, "ion$ er$ or$ al$ ly$ ness$ ance$ ence$ ant$ ity$ ive$ able$"),
        (3, "e$ y$>i tt$>t pp$>p nn$>n mm$>m gg$>g rr$>r"),
    ),
    "id": _ID,
    "ms": _ID,
    "tl": (
        (
            4,
            "^(?:nakapag|makapag|nagpapa|magpapa|ipinag|pinag|nagpa|magpa|ipag|nag|mag|naka|maka|"
            "pag|nang|mang|pang|ipa|pina|papa)(?=[a-z]{4}) ^(?:pa|ma|na|ka|um|in|i)(?=[^aeiou][aeiou][a-z]{2})",
        ),
        (4, "^([bdghklmnpstwy]?[aeiou])(?=\\1)"),
        (4, " ".join(f"^{sign}(?:um|in)(?=[aeiou][a-z]{{2}})>{sign}" for sign in "bdghklmnpstwy")),
        (4, "ng$"),
        (4, "hang$ hing$ han$ hin$ an$ in$"),
        (4, "r$>d"),
    ),
    # "kỳ" and "kì" are one word; "máy" and "mái" are two.
    "vi": ((2, "hy$>hi ky$>ki ly$>li my$>mi sy$>si ty$>ti vy$>vi"),),
    "hi": (
        (2, "ियों$ ियां$ ियाँ$ ाओं$ ाएं$ ाएँ$ ाने$ ाना$ ाता$ ाते$ ाती$ ओं$ एं$ ों$ ें$ ीं$ ां$"),
        (2, "ने$ ना$ नी$ ता$ ते$ ती$"),
        (2, "ा$ ि$ े$ ो$ ु$ ए$ ई$"),
    ),
    "ne": (
        (2, "द्वारा$ सम्म$ भन्दा$ लाई$ बाट$ सँग$ मध्ये$ तिर$ को$ का$ की$ ले$ मा$"),
        (2, "हरू$"),
        (2, "द्वारा$ सम्म$ लाई$ बाट$ को$ का$ की$ ले$ मा$"),
        (2, "नुहोस्$ नुपर्छ$ एको$ एका$ ेको$ ेका$ इएको$ िएको$ ने$ नु$ दा$ दै$"),
        (2, "ा$ ि$ े$ ो$ ु$ ए$ ई$"),
    ),
    "bn": (
        # "Leave" only looks as if it ended in the article.
        (2, "ছুটির$>ছুটি ছুটি$>ছুটি গুলোকে$ গুলোর$ গুলোতে$ গুলো$ গুলির$ গুলি$ দেরকে$ দেরও$ দের$ টির$ টিকে$ টিতে$ টি$ টার$ টা$ জন$"),
        (2, "ের$ েরা$ রা$ কে$ তে$ য়ে$ য়$ র$ ে$ ও$ ই$"),
        (2, "ছেন$ ছে$ বেন$ বে$ লেন$ লে$ ানো$ ান$ ন$"),
        (2, "া$ ি$ ে$ ো$ ু$"),
    ),
    "si": (
        (
            2,
            # Loan words such as "mask" and "risk" do not end in the sign of "a".
            "ස්ක්$>ස්ක් වරුන්ගේ$ වරුන්ට$ වරුන්$ කරුවන්ගේ$>කරු කරුවන්ට$>කරු කරුවන්$>කරු කරුවා$>කරු කරුවෝ$>කරු "
            "යන්ගේ$ යන්ට$ යන්$ න්ගේ$ න්ට$ න්$ වලින්$ වලට$ වල$ ගෙන්$ ගේ$ යෙන්$ යේ$ යට$ යක්$ ය$ "
            "වෙන්$ වේ$ වට$ වක්$ ව$ වන්$ ින්$ ෙන්$ කින්$ කට$ ක්$ ට$",
        ),
        (2, "යා$ යෝ$ වා$ වෝ$ ෙහි$ ීම$ ිම$ ීමට$ න$"),
        (2, "ා$ ි$ ු$ ෙ$ ො$ ැ$"),
    ),
    "ta": (
        (3, "க்$ ச்$ த்$ ப்$"),
        (
            3,
            "ங்களிலிருந்து$>ம் ங்களுக்கு$>ம் ங்களின்$>ம் ங்களில்$>ம் ங்களை$>ம் ங்கள்$>ம் "
            "களிலிருந்து$ களுக்கான$ களுக்கு$ களுக்கும்$ களையும்$ களும்$ களிடம்$ களுடன்$ களின்$ களில்$ களை$ களால்$ கள்$ "
            "விலிருந்து$ த்திலிருந்து$>ம் ிலிருந்து$ த்திற்கு$>ம் த்துக்கு$>ம் த்தின்$>ம் த்தில்$>ம் த்தை$>ம் த்தால்$>ம் ங்கள்$>ம் "
            "வுக்கு$ யிடம்$ ிடம்$ ுடன்$ ுக்கும்$ ுக்கான$ ுக்கு$ ிற்கு$ க்கு$ ுக்குள்$ வின்$ யின்$ ின்$ வில்$ யில்$ ில்$ "
            "வை$ யை$ ால்$ ும்$ ாக$ ான$ ை$",
        ),
        (3, "கள்$ ங்க$>ம் ின்$ த்து$>ம்"),
        (3, "ு$ ி$ ா$"),
    ),
    "th": (),
    "zh-Hant": (),
}

IN_SYLLABLES = ("vi",)
"""Locales that write a blank between the syllables of a word: two neighbours are also stored as one."""

BREAKS = {
    "th": (
        "ทำอย่างไร อย่างไร เท่าไหร่ เท่าไร อะไร ที่ไหน ได้ไหม หรือไม่ ไหม ที่ ของ และ หรือ ใน จาก กับ "
        "เพื่อ โดย ต้อง ควร จะ ได้ ให้ เป็น ซึ่ง ว่า ถ้า เมื่อ คุณ พวกเขา นี้ นั้น"
    ),
    "zh-Hant": (
        "的 了 嗎 呢 嘅 咗 什麼 什么 甚麼 怎麼 怎么 怎樣 怎样 吗 为何 我们 你们 他们 如何 為何 可以 我們 他們 她們 你們 以及 或者 "
        "因為 所以 這個 那個 哪些 哪裡 誰 我 你 他 她 是否 應該"
    ),
}

STOP = {
    "en": (
        "a an and are as at be by can do does for from had has have how i if in into is its may me "
        "my of on or our should so than that the their them then there these they this those to "
        "was we were what when where which will with you your"
    ),
    "id": "adalah agar anda apa apakah atau bagaimana bagi dan dapat dari dengan di ini itu jika "
    "kami ke kita lain mana mereka oleh pada saat saya sebagai siapa untuk yang akan harus bisa "
    "juga dalam tentang",
    "ms": "adalah agar anda apa apakah atau bagaimana bagi dan boleh dari daripada dengan di ini "
    "itu jika kami ke kepada kita lain mana mereka oleh pada saat saya sebagai siapa untuk yang "
    "akan harus mesti juga dalam tentang perlu macam nak",
    "tl": "ang mga sa ng na ay at o kung para ba po ako ko mo niya nila sila siya ito iyon yung "
    "ano paano saan sino kailan hindi may mayroon dapat lang din rin nang si ni kay mula bilang "
    "namin natin inyo iyong kanilang kanya",
    # Folded, "từ" is "tử" of "tự tử", "họ" is "hộ" of "hộ chiếu", "đang" is "đăng" of "đăng ký": they stay in.
    "vi": "và của là các những với trong khi",
    "hi": "का की के को में से है हैं और या पर ने यह वह ये वे जो कि कैसे क्या कब कहाँ कौन हो था थे "
    "लिए तो ही भी एक इस उस अपने अपना अपनी मैं मेरा मेरे मेरी आप आपके आपका आपकी साथ द्वारा सकते सकता",
    "ne": "र वा छ छन् हो हुन् यो त्यो यी ती कि के कसरी कहिले कहाँ को लागि पनि भने एक म मेरो मलाई तपाईं तपाईंको आफ्नो गर्न हुन्छ भएको तथा सँग द्वारा मा ले",
    "bn": "ও এবং বা কি কী কে যে এই সেই এটি তা তার তাদের আমি আমার আমাকে আপনি আপনার কিভাবে কীভাবে "
    "কোথায় কখন জন্য থেকে সঙ্গে সাথে হয় হবে হলে করে করা করতে না একটি যদি তবে",
    "si": "සහ හා හෝ ඒ මේ එම මෙම ඔබ ඔබේ ඔබට මම මගේ මට කෙසේ කොහොමද කුමක්ද කවදාද කොහෙද සඳහා විසින් වේ ඇත වන නම් ද එක ඔවුන් ඔවුන්ගේ කළ කර යුතුය හැකිය",
    "ta": "மற்றும் அல்லது இந்த அந்த ஒரு என் எனது எனக்கு நான் நீங்கள் உங்கள் எப்படி என்ன எங்கே எப்போது "
    "யார் ஆகும் உள்ளது வேண்டும் அவர்கள் அவர்களின் என்று இது அது செய்ய செய்வது முடியும்",
    "th": "",
    "zh-Hant": "",
}
