/// Short texts of customers, in the script of their names.
enum ContactTexts {
    enum Mood: Int, CaseIterable { case praise, complaint, question }

    /// Texts of one mood in one script.
    static let count = 5

    /// The number of a text among all, from 1.
    static func number(_ mood: Mood, script: Int, _ index: Int) -> Int {
        1 + (script * Mood.allCases.count + mood.rawValue) * count + index
    }

    /// All texts, by number less one.
    static let all: [String] = [
        [
            "Friendly staff, quick at the till", "Always fresh, thank you", "Delivery came early, well packed",
            "Good prices this week", "My favourite shop", "The bread was stale", "An item was missing from my order",
            "Waited far too long", "I was charged twice", "The eggs arrived broken", "When do you open on Sunday?",
            "Do you deliver to my street?", "Is the saffron back in stock?", "Can I change my address?",
            "Do you have a loyalty card?",
        ],
        [
            "برخورد خوب و سریع", "همیشه تازه، ممنون", "به‌موقع رسید و بسته‌بندی خوب بود", "قیمت‌ها مناسب بود",
            "فروشگاه محبوب من",
            "نان بیات بود", "یک قلم از سفارشم نبود", "خیلی معطل شدم", "دو بار از حسابم کم شد", "تخم‌مرغ‌ها شکسته بود",
            "جمعه‌ها باز هستید؟", "به محله ما ارسال دارید؟", "زعفران موجود شد؟", "می‌توانم نشانی را عوض کنم؟",
            "کارت باشگاه دارید؟",
        ],
        [
            "服务热情，结账很快", "一直很新鲜，谢谢", "送货早，包装好", "这周价格不错", "我最喜欢的店", "面包不新鲜", "订单少了一件商品", "等得太久了", "被重复扣款了",
            "鸡蛋碎了", "周日几点开门？", "可以送到我家吗？", "藏红花到货了吗？", "可以改地址吗？", "有会员卡吗？",
        ],
    ].flatMap(\.self)
}
