/// Whether a contact came from the customer: only such a contact is a response.
public enum InteractionDirection: Sendable {
    /// The customer did it: visited, opened, clicked, replied, asked.
    case inbound
    /// The company did it, or it is no one's doing: sent, delivered, bounced.
    case outbound
    /// The kind is not known.
    case unknown

    /// The direction of a kind of contact, by its name in English, Persian or Chinese; case, spaces, hyphens and
    /// underscores do not matter.
    public init(kind: String) {
        let key = HeaderKey(kind).joined
        if InteractionDirection.inboundKinds.contains(key) {
            self = .inbound
        } else if InteractionDirection.outboundKinds.contains(key) {
            self = .outbound
        } else {
            self = .unknown
        }
    }

    private static let inboundKinds = Set(
        [
            "visit", "visited", "web visit", "page view", "pageview", "view", "session", "store visit", "open",
            "opened",
            "email open", "email opened", "click", "clicked", "email click", "link click", "reply", "replied",
            "response",
            "answer", "enquiry", "inquiry", "enquire", "question", "contact", "contact form", "form", "form submit",
            "form submission", "inbound", "inbound call", "call in", "incoming call", "chat", "message", "complaint",
            "rating", "review", "feedback", "survey", "survey response", "download", "register", "registration",
            "sign up", "signup", "login", "log in", "subscribe", "subscribed", "demo request", "quote request",
            "add to cart", "cart", "wishlist", "search", "event", "event attended", "attended", "webinar", "referral",
            "بازدید", "مشاهده", "باز کردن", "کلیک", "پاسخ", "پرسش", "سوال", "استعلام", "درخواست", "شکایت", "امتیاز",
            "نظر",
            "تماس ورودی", "ثبت نام", "ورود", "دانلود", "گفتگو", "پیام",
            "访问", "浏览", "打开", "打开邮件", "点击", "回复", "咨询", "询价", "询问", "提问", "来电", "投诉", "评分", "评价", "反馈", "注册",
            "登录", "下载", "订阅", "加购", "加入购物车", "收藏", "聊天", "留言", "到店",
        ].map { HeaderKey($0).joined })

    private static let outboundKinds = Set(
        [
            "sent", "send", "email sent", "sms sent", "delivered", "delivery", "bounce", "bounced", "hard bounce",
            "soft bounce", "failed", "dropped", "outbound", "outbound call", "call out", "outgoing call", "campaign",
            "impression", "push", "push sent", "newsletter", "mailing", "letter", "unsubscribe", "unsubscribed",
            "opt out", "spam", "spam report", "blocked", "deferred", "queued",
            "ارسال", "ارسال شده", "تحویل", "برگشت", "تماس خروجی", "لغو اشتراک", "کمپین", "ناموفق",
            "发送", "已发送", "送达", "退信", "外呼", "去电", "群发", "推送", "退订", "取消订阅", "失败", "曝光",
        ].map { HeaderKey($0).joined })
}
