/// Common names and large cities of three countries, most frequent first. Frequencies are drawn by rank (Zipf).
enum NameLists {
    static let women: [[Script.Word]] = [
        """
        Olivia Emma Sarah Amelia Emily Sophie Charlotte Grace Jessica Lucy Hannah Ella Laura Alice Rebecca Megan Chloe
        Katie Julia Anna Helen Claire Rachel Eleanor Maria Victoria Catherine Elizabeth Susan Margaret Joanne Zoë Renée
        Siobhán Chloé Ines Nora Ruth Holly Abigail
        """,
        """
        فاطمه:Fatemeh زهرا:Zahra مریم:Maryam سارا:Sara زینب:Zeynab نرگس:Narges لیلا:Leila مینا:Mina نسرین:Nasrin
        شیرین:Shirin پریسا:Parisa الهام:Elham نازنین:Nazanin مهسا:Mahsa آزاده:Azadeh نیلوفر:Niloufar رویا:Roya
        سمیرا:Samira هانیه:Hanieh بهار:Bahar ندا:Neda شیما:Shima فرشته:Fereshteh یلدا:Yalda کتایون:Katayoun
        """,
        """
        芳:Fang 娜:Na 秀英:Xiuying 敏:Min 静:Jing 丽:Li 艳:Yan 娟:Juan 霞:Xia 秀兰:Xiulan 燕:Yan 玲:Ling 桂英:Guiying
        丹:Dan 萍:Ping 红:Hong 玉兰:Yulan 雪:Xue 婷:Ting 雨桐:Yutong 欣怡:Xinyi 梓涵:Zihan 诗涵:Shihan 佳怡:Jiayi
        晓梅:Xiaomei 慧:Hui 倩:Qian 琳:Lin 颖:Ying 佩:Pei
        """,
    ].map(Script.words)

    static let men: [[Script.Word]] = [
        """
        James Oliver Jack Thomas William George Harry Daniel Joshua Charlie Samuel Matthew David John Michael Benjamin
        Edward Alexander Joseph Robert Adam Ryan Luke Henry Andrew Peter Mark Simon Christopher Richard Stephen Paul
        Liam Connor Seán José Owen Rhys Callum Martin
        """,
        """
        محمد:Mohammad علی:Ali حسین:Hossein مهدی:Mehdi رضا:Reza امیر:Amir حسن:Hassan احمد:Ahmad سعید:Saeed مجید:Majid
        حمید:Hamid بهرام:Bahram کامران:Kamran آرش:Arash پویا:Pouya نیما:Nima سینا:Sina کیان:Kian فرهاد:Farhad
        بابک:Babak یوسف:Yousef ابراهیم:Ebrahim داریوش:Dariush مسعود:Masoud علیرضا:Alireza
        """,
        """
        伟:Wei 强:Qiang 磊:Lei 军:Jun 洋:Yang 勇:Yong 杰:Jie 涛:Tao 超:Chao 明:Ming 刚:Gang 平:Ping 辉:Hui 鹏:Peng
        浩然:Haoran 子轩:Zixuan 宇航:Yuhang 建国:Jianguo 志强:Zhiqiang 国华:Guohua 文博:Wenbo 天宇:Tianyu 俊:Jun
        斌:Bin 凯:Kai 峰:Feng 亮:Liang 健:Jian 旭:Xu 龙:Long
        """,
    ].map(Script.words)

    static let families: [[Script.Word]] = [
        """
        Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White
        Roberts Green Hall Wood Jackson Clarke Khan Lewis Harris Hughes Edwards Turner Martin Cooper Hill Ward Morris
        Moore Clark Lee King Baker Harrison Morgan Allen Scott Watson Parker Bennett Young Kelly Murphy O'Brien
        Campbell Stewart Marshall Fraser MacDonald Lloyd Pritchard García Müller Kowalski Novak Rossi
        """,
        """
        محمدی:Mohammadi حسینی:Hosseini احمدی:Ahmadi رضایی:Rezaei کریمی:Karimi مرادی:Moradi رحیمی:Rahimi جعفری:Jafari
        حیدری:Heydari قاسمی:Ghasemi موسوی:Mousavi صادقی:Sadeghi هاشمی:Hashemi اکبری:Akbari یوسفی:Yousefi
        ابراهیمی:Ebrahimi نوری:Nouri شریفی:Sharifi سلیمانی:Soleimani کاظمی:Kazemi عباسی:Abbasi امینی:Amini
        باقری:Bagheri طاهری:Taheri فرهادی:Farhadi میرزایی:Mirzaei زارعی:Zarei تهرانی:Tehrani شیرازی:Shirazi
        اصفهانی:Esfahani کیانی:Kiani یزدانی:Yazdani
        """,
        """
        王:Wang 李:Li 张:Zhang 刘:Liu 陈:Chen 杨:Yang 黄:Huang 赵:Zhao 吴:Wu 周:Zhou 徐:Xu 孙:Sun 马:Ma 朱:Zhu 胡:Hu
        郭:Guo 何:He 高:Gao 林:Lin 罗:Luo 郑:Zheng 梁:Liang 谢:Xie 宋:Song 唐:Tang 许:Xu 韩:Han 冯:Feng 邓:Deng 曹:Cao
        彭:Peng 曾:Zeng 萧:Xiao 田:Tian 董:Dong 袁:Yuan 潘:Pan 于:Yu 蒋:Jiang 欧阳:Ouyang
        """,
    ].map(Script.words)

    static let cities: [[Script.Word]] = [
        "London Birmingham Leeds Glasgow Sheffield Manchester Edinburgh Liverpool Bristol Cardiff Leicester Nottingham",
        """
        تهران:Tehran مشهد:Mashhad اصفهان:Isfahan کرج:Karaj شیراز:Shiraz تبریز:Tabriz قم:Qom اهواز:Ahvaz رشت:Rasht
        یزد:Yazd کرمان:Kerman همدان:Hamadan
        """,
        """
        上海:Shanghai 北京:Beijing 广州:Guangzhou 深圳:Shenzhen 成都:Chengdu 天津:Tianjin 武汉:Wuhan 重庆:Chongqing
        西安:Xi'an 杭州:Hangzhou 南京:Nanjing 苏州:Suzhou
        """,
    ].map(Script.words)

    /// Arabic letters for Persian ones, traditional characters for simplified ones, and Cyrillic letters that look like
    /// Latin ones: what a keyboard of another country or a copied text leaves behind.
    static let foreignLetters: [Character: Character] = {
        let pairs =
            "یي کك 张張 刘劉 陈陳 杨楊 黄黃 赵趙 吴吳 孙孫 马馬 郑鄭 谢謝 韩韓 冯馮 邓鄧 罗羅 许許 萧蕭 蒋蔣 欧歐 阳陽 伟偉 强強 军軍 杰傑 涛濤 辉輝 鹏鵬 "
            + "建建 国國 华華 亮亮 龙龍 静靜 丽麗 艳艷 兰蘭 红紅 玲玲 颖穎 诗詩 晓曉 aа eе oо pр cс xх iі"
        return Dictionary(
            pairs.split(separator: " ").compactMap { pair in
                guard let plain = pair.first, let foreign = pair.last, plain != foreign else { return nil }
                return (plain, foreign)
            }, uniquingKeysWith: { first, _ in first })
    }()
}
